import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptUpload } from './kept-upload.ts';

interface Schema extends DBSchema {
  uploads: { key: string; value: KeptUpload; indexes: { tray: string } };
  /** Files that are not sent yet, by the id of their upload. */
  files: { key: string; value: Blob };
  /** Where large files lie on the visitor's disk, by the id of their upload. */
  handles: { key: string; value: FileSystemFileHandle };
  thumbnails: { key: string; value: { readonly at: number; readonly picture: Blob } };
}

export type BrowserStore = IDBPDatabase<Schema>;

/** Opens what this browser keeps for this site; undefined where it keeps nothing, as in some private windows. */
export async function openBrowserStore(): Promise<BrowserStore | undefined> {
  try {
    return await openDB<Schema>('tessera', 1, {
      upgrade(database) {
        database.createObjectStore('uploads', { keyPath: 'id' }).createIndex('tray', 'tray');
        database.createObjectStore('files');
        database.createObjectStore('handles');
        database.createObjectStore('thumbnails');
      },
      // A later version of the page in another tab must not wait for this one.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
      },
    });
  } catch {
    return undefined;
  }
}
