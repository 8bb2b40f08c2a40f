import type { ImageDto, SiteDto } from '@tessera/contracts';
import { ApiError, unreachable } from '../../api/api-error.ts';
import type { Entries } from './entries.ts';
import type { TrayMemory } from './keep/tray-memory.ts';
import { mayPass } from './patience.ts';
import { sendPatiently, type Attempt, type PatientParts } from './send-patiently.ts';
import type { ThumbnailMemory } from './thumbnail-memory.ts';
import type { Transport } from './transport.ts';
import type { UploadWork } from './upload-work.ts';

/** Uploads that run side by side. */
const AT_MOST = 3;
/** Bytes above which a file is sent resumably, while the site has not said. */
const RESUMABLE_BYTES = 64 * 1024 * 1024;

export interface UploaderParts extends PatientParts {
  readonly transport: Transport;
  readonly memory: TrayMemory;
  readonly thumbnails: Pick<ThumbnailMemory, 'find' | 'keep' | 'rename' | 'forget'>;
  /** Limits of the site; undefined where they can not be had now. */
  readonly limits: () => Promise<SiteDto['limits'] | undefined>;
}

/** Sends what waits, a few at a time, in the order of asking. */
export class Uploader {
  readonly #parts: UploaderParts;
  readonly #entries: Entries;
  #queue: string[] = [];
  #running = 0;
  #sent = 0;

  constructor(parts: UploaderParts, entries: Entries) {
    this.#parts = parts;
    this.#entries = entries;
  }

  /** Bytes sent by this page; grows only. */
  get sent(): number {
    return this.#sent;
  }

  enqueue(ids: readonly string[]): void {
    this.#queue.push(...ids);
    while (this.#running < AT_MOST) {
      const id = this.#queue.shift();
      if (id === undefined) return;
      const work = this.#entries.work(id);
      if (!work || this.#entries.item(id)?.state !== 'waiting') continue;
      this.#running += 1;
      this.#entries.patch(id, { state: 'sending' });
      void this.#upload(id, work).finally(() => {
        this.#running -= 1;
        this.enqueue([]);
      });
    }
  }

  async #upload(id: string, work: UploadWork): Promise<void> {
    const { signal } = work.abort;
    try {
      await work.look;
      signal.throwIfAborted();
      const image = await sendPatiently(this.#parts, {
        signal,
        send: (attempt) => this.#send(id, work, attempt),
        onProgress: (share) => {
          this.#progress(id, share);
        },
        onRunning: (running) => {
          this.#entries.patch(id, { state: running ? 'sending' : 'waiting' });
        },
      });
      signal.throwIfAborted();
      this.#ready(id, work, image);
    } catch (cause) {
      if (signal.aborted) return;
      const error = cause instanceof ApiError ? cause : unreachable();
      const told = { code: error.code, message: error.message, requestId: error.requestId };
      if (mayPass(error)) this.#entries.patch(id, { state: 'lost', error: told });
      else this.#entries.refuse(id, told);
    }
  }

  async #send(id: string, work: UploadWork, attempt: Attempt): Promise<ImageDto> {
    const { transport, limits } = this.#parts;
    const { file, source } = work;
    if (source !== undefined) return transport.fetched(source, attempt.signal);
    if (!file) throw unreachable();
    const resumableBytes = (await limits())?.resumableBytes ?? RESUMABLE_BYTES;
    if (file.size <= resumableBytes) return transport.whole(file, attempt);
    return transport.resumably(file, {
      ...attempt,
      resume: work.address,
      onAddress: (address) => {
        work.address = address;
        this.#entries.keep(id);
      },
    });
  }

  /** Bytes sent anew never lower the share that is shown. */
  #progress(id: string, share: number): void {
    const item = this.#entries.item(id);
    if (!item || share <= item.share) return;
    this.#sent += (share - item.share) * item.bytes;
    if (share >= 1) this.#entries.patch(id, { share: 1, state: 'checking' });
    else this.#entries.patch(id, { share });
  }

  #ready(id: string, work: UploadWork, image: ImageDto): void {
    this.#parts.memory.dropFile(id);
    this.#parts.thumbnails.rename(id, image.id);
    work.address = undefined;
    const named = work.source === undefined ? {} : { name: image.name };
    this.#entries.patch(id, { state: 'ready', share: 1, image, bytes: image.bytes, ...named });
  }
}
