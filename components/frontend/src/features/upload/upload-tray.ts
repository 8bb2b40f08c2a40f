import { ERROR_CODES, type ImageDto } from '@tessera/contracts';
import { ApiError, unreachable } from '../../api/api-error.ts';
import type { UploadOptions } from '../../api/upload-image.ts';
import { sniffFormat } from './sniff-format.ts';
import { isUnderWay, type UploadItem } from './upload-item.ts';

/** Uploads that run side by side. */
const AT_MOST = 3;
/** Attempts of one file while the server is busy or away. */
const ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 30;
/** Bytes read of each file for a first look. */
const HEAD = 512 * 1024;

export interface TrayParts {
  send(file: File, options: UploadOptions): Promise<ImageDto>;
  /** A small picture of the file as an URL; undefined where there is none. */
  makeThumbnail(file: File, head: Uint8Array): Promise<string | undefined>;
  /** Told the thumbnail of each stored image. */
  keepThumbnail(image: string, url: string): void;
  wait(milliseconds: number): Promise<void>;
}

interface Work {
  readonly file: File;
  readonly abort: AbortController;
}

/** The files that wait to be processed, and their uploads. */
export class UploadTray {
  readonly #parts: TrayParts;
  readonly #listeners = new Set<() => void>();
  readonly #work = new Map<number, Work>();
  #items: readonly UploadItem[] = [];
  #nextId = 1;
  #running = 0;
  #thumbnails: Promise<void> = Promise.resolve();

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The present items; the same array until something changes. */
  readonly items = (): readonly UploadItem[] => this.#items;

  /** Takes files in and begins to upload them. */
  add(files: readonly File[]): void {
    const added = files.map((file): UploadItem => {
      const id = this.#nextId++;
      this.#work.set(id, { file, abort: new AbortController() });
      return { id, name: file.name, bytes: file.size, state: 'waiting', share: 0 };
    });
    this.#set([...this.#items, ...added]);
    for (const { id } of added) this.#queueThumbnail(id);
    this.#pump();
  }

  /** Puts an image in that the server already holds. */
  addStored(image: ImageDto, thumbnail: string | undefined): void {
    if (this.#items.some((item) => item.image?.id === image.id)) return;
    const { name, bytes } = image;
    this.#set([...this.#items, { id: this.#nextId++, name, bytes, state: 'ready', share: 1, thumbnail, image }]);
  }

  remove(id: number): void {
    this.#work.get(id)?.abort.abort();
    this.#work.delete(id);
    this.#set(this.#items.filter((item) => item.id !== id));
  }

  /** Uploads a lost file once more. */
  retry(id: number): void {
    this.#patch(id, { state: 'waiting' });
    this.#pump();
  }

  /** Resolves when no upload is under way any more. */
  settled(): Promise<void> {
    if (!this.#items.some(isUnderWay)) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#items.some(isUnderWay)) return;
        stop();
        resolve();
      });
    });
  }

  #set(items: readonly UploadItem[]): void {
    this.#items = items;
    for (const listener of [...this.#listeners]) listener();
  }

  #patch(id: number, changes: Partial<UploadItem>): void {
    this.#set(this.#items.map((item) => (item.id === id ? { ...item, ...changes } : item)));
  }

  #find(id: number): UploadItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  #pump(): void {
    while (this.#running < AT_MOST) {
      const next = this.#items.find(({ state }) => state === 'waiting');
      const work = next && this.#work.get(next.id);
      if (!work) return;
      this.#running += 1;
      this.#patch(next.id, { state: 'sending' });
      void this.#upload(next.id, work).finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
  }

  async #upload(id: number, { file, abort }: Work): Promise<void> {
    try {
      const head = await readHead(file);
      abort.signal.throwIfAborted();
      if (!sniffFormat(head))
        throw new ApiError(415, { code: 'UNSUPPORTED_FORMAT', message: ERROR_CODES.UNSUPPORTED_FORMAT.message });
      const image = await this.#sendPatiently(id, file, abort.signal);
      this.#patch(id, { state: 'ready', share: 1, image });
      const thumbnail = this.#find(id)?.thumbnail;
      if (thumbnail) this.#parts.keepThumbnail(image.id, thumbnail);
    } catch (cause) {
      if (abort.signal.aborted) return;
      const error = cause instanceof ApiError ? cause : unreachable();
      this.#patch(id, { state: mayPass(error) ? 'lost' : 'refused', error });
    }
  }

  /** Sends a file, again after a while where the server is busy or away. Bytes sent anew never lower the share shown. */
  async #sendPatiently(id: number, file: File, signal: AbortSignal): Promise<ImageDto> {
    const onProgress = (share: number): void => {
      const shown = Math.max(share, this.#find(id)?.share ?? 0);
      this.#patch(id, { share: shown, state: shown >= 1 ? 'checking' : 'sending' });
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#parts.send(file, { signal, onProgress });
      } catch (error) {
        if (attempt >= ATTEMPTS || signal.aborted || !(error instanceof ApiError) || !mayPass(error)) throw error;
        const seconds = Math.min(error.retryAfterSeconds ?? 2 ** (attempt - 1), LONGEST_WAIT_SECONDS);
        await this.#parts.wait(seconds * 1000);
        signal.throwIfAborted();
      }
    }
  }

  /** Thumbnails are made one after another: each decodes a whole picture. */
  #queueThumbnail(id: number): void {
    this.#thumbnails = this.#thumbnails.then(async () => {
      const work = this.#work.get(id);
      if (!work) return;
      const head = await readHead(work.file).catch(() => new Uint8Array());
      const thumbnail = await this.#parts.makeThumbnail(work.file, head);
      if (!thumbnail) return;
      this.#patch(id, { thumbnail });
      const image = this.#find(id)?.image;
      if (image) this.#parts.keepThumbnail(image.id, thumbnail);
    });
  }
}

/** Whether a refused upload may be taken later: the server is away, or says that it is busy. */
function mayPass({ code, status }: ApiError): boolean {
  return code === 'UNREACHABLE' || status === 429 || status === 503;
}

async function readHead(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
}
