import type { KeptUpload } from './kept-upload.ts';
import type { TrayMemory } from './tray-memory.ts';

/** What a browser's store would hold; given to a second tray it is what a reload finds. */
export class TrayMemoryFixture implements TrayMemory {
  readonly uploads = new Map<string, KeptUpload>();
  readonly files = new Map<string, File>();
  readonly keepsFiles: boolean;

  constructor(keepsFiles = true) {
    this.keepsFiles = keepsFiles;
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  load(): Promise<readonly KeptUpload[]> {
    return Promise.resolve([...this.uploads.values()].sort((a, b) => a.order - b.order));
  }

  put(upload: KeptUpload): void {
    this.uploads.set(upload.id, structuredClone(upload));
  }

  keepFile(id: string, file: File): void {
    if (this.keepsFiles) this.files.set(id, file);
  }

  keepHandle(): void {
    // A fixture has no disk.
  }

  file(id: string): Promise<File | undefined> {
    return Promise.resolve(this.files.get(id));
  }

  dropFile(id: string): void {
    this.files.delete(id);
  }

  flush(): void {
    // All is written at once.
  }

  delete(id: string): void {
    this.uploads.delete(id);
  }
}
