import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptUpload } from './kept-upload.ts';

export interface KeptThumbnail {
  /** When it was kept, in milliseconds. */
  readonly at: number;
  readonly picture: Blob;
}

/** All keys are ids of uploads; a thumbnail's is that of the image as soon as there is one. */
interface Schema extends DBSchema {
  uploads: { key: string; value: KeptUpload };
  /** Files that are not sent yet. */
  files: { key: string; value: Blob };
  /** Where large files lie on the visitor's disk. */
  handles: { key: string; value: FileSystemFileHandle };
  thumbnails: { key: string; value: KeptThumbnail };
}

export type StoreName = 'uploads' | 'files' | 'handles' | 'thumbnails';
export type StoreValue = Schema[StoreName]['value'];
export type BrowserStore = IDBPDatabase<Schema>;

/** Opens what this browser keeps for this site; undefined where it keeps nothing, as in some private windows. */
export async function openBrowserStore(): Promise<BrowserStore | undefined> {
  try {
    return await openDB<Schema>('tessera', 1, {
      upgrade(database) {
        for (const name of ['uploads', 'files', 'handles', 'thumbnails'] as const) database.createObjectStore(name);
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
