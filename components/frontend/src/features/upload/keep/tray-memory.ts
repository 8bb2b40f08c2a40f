import type { BrowserStore } from './browser-store.ts';
import type { KeptUpload } from './kept-upload.ts';
import type { TrayClaims } from './tray-claims.ts';

/** Bytes of all waiting files that are copied into the browser's store. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Bytes of one such file; larger ones are found again on the visitor's disk, or chosen again. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;
/** Milliseconds in which changes are gathered before they are written. */
const GATHER = 100;

/** What a tray keeps over a reload. Nothing here fails: what can not be kept is lost with the tab. */
export interface TrayMemory {
  /** Says that this tab keeps its uploads under this name. */
  begin(tray: string): Promise<void>;
  /** The uploads of all trays that no living tab holds; they now belong to this tab. */
  load(): Promise<readonly KeptUpload[]>;
  put(upload: KeptUpload): void;
  /** Keeps a file that is not sent yet, where it is small enough. */
  keepFile(id: string, file: File): Promise<void>;
  keepHandle(id: string, handle: FileSystemFileHandle): Promise<void>;
  /** The file of an upload, where it is kept; `ask`: asks the visitor for leave to read it from the disk. */
  file(id: string, ask: boolean): Promise<File | undefined>;
  /** Forgets the file of an upload, for it is sent. */
  dropFile(id: string): void;
  delete(id: string): void;
}

interface Permitted {
  queryPermission?(how: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(how: { mode: 'read' }): Promise<PermissionState>;
}

/** A tray's memory in this browser's store. */
export class BrowserTrayMemory implements TrayMemory {
  readonly #opening: Promise<BrowserStore | undefined>;
  readonly #claims: TrayClaims;
  readonly #sizes = new Map<string, number>();
  #puts = new Map<string, KeptUpload>();
  #deletes = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #files: Promise<void> = Promise.resolve();

  constructor(opening: Promise<BrowserStore | undefined>, claims: TrayClaims) {
    this.#opening = opening;
    this.#claims = claims;
  }

  async begin(tray: string): Promise<void> {
    await this.#claims.claim(tray);
  }

  async load(): Promise<readonly KeptUpload[]> {
    const store = await this.#opening;
    const all = (await store?.getAll('uploads').catch(() => undefined)) ?? [];
    const trays = [...new Set(all.map(({ tray }) => tray))];
    const mine = new Set((await Promise.all(trays.map((tray) => this.#claim(tray)))).flat());
    return all.filter(({ tray }) => mine.has(tray)).sort((a, b) => a.order - b.order);
  }

  put(upload: KeptUpload): void {
    this.#puts.set(upload.id, upload);
    this.#later();
  }

  delete(id: string): void {
    this.#puts.delete(id);
    this.#deletes.add(id);
    this.#later();
  }

  keepFile(id: string, file: File): Promise<void> {
    const kept = [...this.#sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (file.size > MOST_FILE_BYTES || kept + file.size > MOST_BYTES) return Promise.resolve();
    this.#sizes.set(id, file.size);
    // One after another: a copy reads and writes the whole file.
    this.#files = this.#files.then(async () => {
      if (!this.#sizes.has(id)) return;
      const store = await this.#opening;
      await store?.put('files', file, id).catch(() => undefined);
      // Sent meanwhile.
      if (!this.#sizes.has(id)) await store?.delete('files', id).catch(() => undefined);
    });
    return this.#files;
  }

  async keepHandle(id: string, handle: FileSystemFileHandle): Promise<void> {
    const store = await this.#opening;
    await store?.put('handles', handle, id).catch(() => undefined);
  }

  async file(id: string, ask: boolean): Promise<File | undefined> {
    const store = await this.#opening;
    const blob = await store?.get('files', id).catch(() => undefined);
    if (blob instanceof File) {
      this.#sizes.set(id, blob.size);
      return blob;
    }
    const handle = await store?.get('handles', id).catch(() => undefined);
    if (!handle) return undefined;
    try {
      const permitted = handle as Permitted;
      const permission = ask
        ? await permitted.requestPermission?.({ mode: 'read' })
        : await permitted.queryPermission?.({ mode: 'read' });
      return permission === 'granted' ? await handle.getFile() : undefined;
    } catch {
      return undefined;
    }
  }

  dropFile(id: string): void {
    this.#sizes.delete(id);
    void this.#opening.then(async (store) => {
      await store?.delete('files', id).catch(() => undefined);
      await store?.delete('handles', id).catch(() => undefined);
    });
  }

  async #claim(tray: string): Promise<string[]> {
    return (await this.#claims.claim(tray)) ? [tray] : [];
  }

  #later(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, GATHER);
  }

  async #write(): Promise<void> {
    const puts = this.#puts;
    const deletes = this.#deletes;
    this.#puts = new Map();
    this.#deletes = new Set();
    const store = await this.#opening;
    try {
      const change = store?.transaction('uploads', 'readwrite');
      if (!change) return;
      for (const upload of puts.values()) void change.store.put(upload);
      for (const id of deletes) void change.store.delete(id);
      await change.done;
    } catch {
      // The store is full or gone: the tray lives as long as its tab.
    }
  }
}
