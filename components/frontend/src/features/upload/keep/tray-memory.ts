import type { BrowserStore } from './browser-store.ts';
import type { KeptUpload } from './kept-upload.ts';
import type { StoreWriter } from './store-writer.ts';
import type { TrayClaims } from './tray-claims.ts';

/** Bytes of all waiting files that are copied into the browser's store. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Bytes of one such file; larger ones are found again on the visitor's disk, or chosen again. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** What a tray keeps over a reload. Nothing here fails: what can not be kept is lost with the tab. */
export interface TrayMemory {
  /** Says that this tab keeps its uploads under this name. */
  begin(tray: string): Promise<void>;
  /** The uploads of all trays that no living tab holds; they now belong to this tab. */
  load(): Promise<readonly KeptUpload[]>;
  put(upload: KeptUpload): void;
  /** Keeps a file that is not sent yet, where it is small enough. */
  keepFile(id: string, file: File): void;
  keepHandle(id: string, handle: FileSystemFileHandle): void;
  /** The file of an upload, where it is kept; `ask`: asks the visitor for leave to read it from the disk. */
  file(id: string, ask: boolean): Promise<File | undefined>;
  /** Forgets the file of an upload, for it is sent. */
  dropFile(id: string): void;
  delete(id: string): void;
  /** Writes what is not written yet, for the page is being left. */
  flush(): void;
}

/** Chromium only. */
interface Permitted {
  queryPermission?(how: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(how: { mode: 'read' }): Promise<PermissionState>;
}

/** A tray's memory in this browser's store. */
export class BrowserTrayMemory implements TrayMemory {
  readonly #opening: Promise<BrowserStore | undefined>;
  readonly #writer: StoreWriter;
  readonly #claims: TrayClaims;
  /** Bytes of the kept files. */
  readonly #sizes = new Map<string, number>();
  #files: Promise<void> = Promise.resolve();

  constructor(opening: Promise<BrowserStore | undefined>, writer: StoreWriter, claims: TrayClaims) {
    this.#opening = opening;
    this.#writer = writer;
    this.#claims = claims;
  }

  async begin(tray: string): Promise<void> {
    await this.#claims.claim(tray);
  }

  async load(): Promise<readonly KeptUpload[]> {
    const store = await this.#opening;
    const all = (await store?.getAll('uploads').catch(() => undefined)) ?? [];
    const trays = [...new Set(all.map(({ tray }) => tray))];
    const mine = await Promise.all(trays.map((tray) => this.#claims.claim(tray)));
    return all.filter(({ tray }) => mine[trays.indexOf(tray)]).sort((a, b) => a.order - b.order);
  }

  put(upload: KeptUpload): void {
    this.#writer.put('uploads', upload.id, upload);
  }

  delete(id: string): void {
    this.#writer.delete('uploads', id);
  }

  flush(): void {
    this.#writer.flush();
  }

  keepFile(id: string, file: File): void {
    const kept = [...this.#sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (this.#sizes.has(id) || file.size > MOST_FILE_BYTES || kept + file.size > MOST_BYTES) return;
    this.#sizes.set(id, file.size);
    // One after another: a copy reads and writes the whole file. Most are sent before their turn comes.
    this.#files = this.#files.then(async () => {
      if (!this.#sizes.has(id)) return;
      const store = await this.#opening;
      await store?.put('files', file, id).catch(() => undefined);
      if (!this.#sizes.has(id)) this.#writer.delete('files', id);
    });
  }

  keepHandle(id: string, handle: FileSystemFileHandle): void {
    this.#writer.put('handles', id, handle);
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
    if (this.#sizes.delete(id)) this.#writer.delete('files', id);
    this.#writer.delete('handles', id);
  }
}
