import { ERROR_CODES, type ImageDto } from '@tessera/contracts';
import type { Arrival } from './arrival.ts';
import { Entries } from './entries.ts';
import type { Looker } from './inspect/looker.ts';
import type { ItemList } from './item-list.ts';
import type { KeptUpload } from './keep/kept-upload.ts';
import { newId } from './new-id.ts';
import { isUnderWay, type UploadItem } from './upload-item.ts';
import type { UploadWork } from './upload-work.ts';
import { Uploader, type UploaderParts } from './uploader.ts';

/** Files whose look begins in one go. */
const LOOKS_AT_A_TIME = 20;

export interface TrayParts extends UploaderParts {
  readonly looker: Looker;
}

/** The files that wait to be processed, and their uploads. It outlives reloads, see `restore`. */
export class UploadTray {
  readonly #parts: TrayParts;
  readonly #entries: Entries;
  readonly #uploader: Uploader;
  /** Under this name this tab's own uploads are kept. */
  readonly #tray = newId();
  readonly #restored = Promise.withResolvers<void>();
  #order = Date.now();

  constructor(parts: TrayParts) {
    this.#parts = parts;
    this.#entries = new Entries(parts.memory);
    this.#uploader = new Uploader(parts, this.#entries);
  }

  get subscribe(): ItemList['subscribe'] {
    return this.#entries.list.subscribe;
  }

  /** The present items; the same array until something changes. */
  get items(): ItemList['all'] {
    return this.#entries.list.all;
  }

  /** Bytes sent since the page was opened; grows only. */
  readonly sentBytes = (): number => this.#uploader.sent;

  /** The local file of an item, for as long as this tab has it. */
  fileOf(id: string): File | undefined {
    return this.#entries.work(id)?.file;
  }

  /** Takes files in and begins to upload them. A file that an item misses is given to that item. */
  add(arrivals: readonly Arrival[]): void {
    const missing = this.items().filter(({ state }) => state === 'missing');
    const fresh = arrivals.filter(({ file }) => !this.#giveBack(file, missing));
    const added = fresh.map((arrival) => ({ arrival, item: itemOf(arrival) }));
    this.#entries.add(
      added.map(({ arrival: { file }, item }) => ({
        item,
        work: this.#workOf({ file, lastModified: file.lastModified }),
      })),
    );
    const ids = added.map(({ item }) => item.id);
    this.#lookAtAll(ids);
    this.#uploader.enqueue(ids);
    for (const { arrival, item } of added) {
      void arrival.handle?.then((handle) => {
        if (handle) this.#parts.memory.keepHandle(item.id, handle);
      });
    }
  }

  /** Has the server fetch an image. */
  addAddress(source: string): void {
    const item: UploadItem = {
      id: newId(),
      name: nameOfAddress(source),
      bytes: 0,
      state: 'waiting',
      share: 0,
      undrawn: true,
    };
    this.#entries.add([{ item, work: this.#workOf({ source }) }]);
    this.#uploader.enqueue([item.id]);
  }

  /** Puts an image in that the server already holds. */
  addStored(image: ImageDto): void {
    if (this.items().some((item) => item.image?.id === image.id)) return;
    const { name, bytes } = image;
    const thumbnail = this.#parts.thumbnails.find(image.id);
    const item: UploadItem = {
      id: newId(),
      name,
      bytes,
      state: 'ready',
      share: 1,
      image,
      ...(thumbnail ? { thumbnail } : { undrawn: true }),
    };
    this.#entries.add([{ item, work: this.#workOf({}) }]);
  }

  remove(id: string): void {
    const address = this.#entries.work(id)?.address;
    if (address !== undefined) void this.#parts.transport.forget(address);
    if (!this.#entries.item(id)?.image) this.#parts.thumbnails.forget(id);
    this.#entries.delete(id);
  }

  /** Stops the upload of a file, or of all; what was sent of a large one stays sent. */
  pause(id?: string): void {
    for (const item of this.items()) {
      if ((id !== undefined && item.id !== id) || (item.state !== 'waiting' && item.state !== 'sending')) continue;
      this.#entries.work(item.id)?.abort.abort();
      this.#entries.patch(item.id, { state: 'paused' });
    }
  }

  /** Goes on with a lost or paused file, or with all that are paused. */
  resume(id?: string): void {
    const ids = id === undefined ? this.items().filter(({ state }) => state === 'paused') : [{ id }];
    for (const { id: each } of ids) {
      const work = this.#entries.work(each);
      if (!work) continue;
      work.abort = new AbortController();
      this.#entries.patch(each, { state: 'waiting' });
    }
    this.#uploader.enqueue(ids.map(({ id: each }) => each));
  }

  /** Keeps how far each upload is, for the page is being left. */
  readonly leave = (): void => {
    for (const { id, state } of this.items()) if (state === 'sending') this.#entries.keep(id);
    this.#parts.memory.flush();
  };

  /** Asks the visitor for leave to read a missing file from the disk; false where it has to be chosen again. */
  async findAgain(id: string): Promise<boolean> {
    const file = await this.#parts.memory.file(id, true);
    return file !== undefined && this.#giveBack(file, this.items());
  }

  /** Resolves when what earlier visits left is in the tray. */
  restored(): Promise<void> {
    return this.#restored.promise;
  }

  /** Resolves at the first change after which a condition holds, or at once. */
  until(condition: (items: readonly UploadItem[]) => boolean): Promise<void> {
    return this.#entries.list.until(condition);
  }

  /** Resolves when no upload is under way any more. */
  settled(): Promise<void> {
    return this.until((items) => !items.some(isUnderWay));
  }

  /** Brings back what the trays of earlier visits held, as far as no other tab holds it. Nothing finished is sent again. */
  async restore(): Promise<void> {
    await this.#parts.memory.begin(this.#tray);
    const kept = await this.#parts.memory.load();
    const entries = await Promise.all(kept.map((upload) => this.#bringBack(upload)));
    this.#entries.add(entries);
    this.#lookAtAll(entries.flatMap(({ item, work }) => (work.file ? [item.id] : [])));
    this.#uploader.enqueue(entries.filter(({ item }) => item.state === 'waiting').map(({ item }) => item.id));
    this.#restored.resolve();
  }

  async #bringBack(upload: KeptUpload): Promise<{ item: UploadItem; work: UploadWork }> {
    const { tray, order, state: was, lastModified, address, source, at: _at, ...shown } = upload;
    const unsent = (was === 'open' || was === 'paused') && source === undefined;
    const kept = unsent ? await this.#parts.memory.file(upload.id, false) : undefined;
    const file = kept?.size === upload.bytes ? kept : undefined;
    const thumbnail = this.#parts.thumbnails.find(upload.image?.id ?? upload.id);
    const state = unsent && !file ? 'missing' : was === 'open' ? 'waiting' : was;
    return {
      item: { ...shown, state, ...(thumbnail ? { thumbnail } : !file && { undrawn: true }) },
      work: this.#workOf({ tray, order, lastModified, address, source, file }),
    };
  }

  /** Gives a file to the one of these items that misses it; false where there is none. */
  #giveBack(file: File, items: readonly UploadItem[]): boolean {
    const item = items.find(({ id, name, bytes }) => {
      const missing = this.#entries.item(id)?.state === 'missing';
      return (
        missing &&
        name === file.name &&
        bytes === file.size &&
        this.#entries.work(id)?.lastModified === file.lastModified
      );
    });
    const work = item && this.#entries.work(item.id);
    if (!item || !work) return false;
    work.file = file;
    this.#lookAtAll([item.id]);
    this.resume(item.id);
    return true;
  }

  #workOf(known: Partial<UploadWork>): UploadWork {
    return {
      order: (this.#order += 1),
      tray: this.#tray,
      lastModified: 0,
      file: undefined,
      source: undefined,
      address: undefined,
      abort: new AbortController(),
      look: Promise.resolve(),
      ...known,
    };
  }

  /** Looks at files in their order, some at a time, so that hundreds hold nothing else up. */
  #lookAtAll(ids: readonly string[]): void {
    let turn = Promise.resolve();
    for (const [index, id] of ids.entries()) {
      const work = this.#entries.work(id);
      const file = work?.file;
      if (!work || !file) continue;
      if (index > 0 && index % LOOKS_AT_A_TIME === 0) turn = turn.then(() => this.#parts.wait(0));
      work.look = turn.then(() => this.#lookAt(id, file));
    }
  }

  /** Reads what a file tells of itself and refuses it where it is hopeless; then a thumbnail is made. */
  async #lookAt(id: string, file: File): Promise<void> {
    const { looker, limits, memory } = this.#parts;
    const look = await looker.look(file, await limits(), this.#entries.item(id)?.thumbnail === undefined);
    if (!look || !this.#entries.item(id)) return;
    const { refusal, facts } = look;
    if (refusal) {
      this.#entries.refuse(id, { ...refusal, message: ERROR_CODES[refusal.code].message }, facts);
      return;
    }
    if (facts) this.#entries.patch(id, { facts });
    memory.keepFile(id, file);
    if (this.#entries.item(id)?.thumbnail === undefined) {
      void looker.draw(file, look).then((picture) => {
        this.#picture(id, picture);
      });
    }
  }

  #picture(id: string, picture: Blob | undefined): void {
    const item = this.#entries.item(id);
    if (!item) return;
    const thumbnail = picture && this.#parts.thumbnails.keep(item.image?.id ?? id, picture);
    this.#entries.patch(id, thumbnail === undefined ? { undrawn: true } : { thumbnail });
  }
}

function itemOf({ file, folder }: Arrival): UploadItem {
  const item: UploadItem = { id: newId(), name: file.name, bytes: file.size, state: 'waiting', share: 0 };
  return folder === undefined ? item : { ...item, folder };
}

/** The last part of an address's path, which is the file's name as far as anybody knows. */
function nameOfAddress(source: string): string {
  const { pathname, hostname } = new URL(source);
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
