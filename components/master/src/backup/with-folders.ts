import { isFolder } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';

/** What a row refers to. */
interface Referred {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly contentType: string | null;
}

/** The same objects with the files of folders in place of these, in the store as it is. */
export async function* withFolders<Of extends Referred>(
  objects: AsyncIterable<Of>,
  store: Pick<ObjectStore, 'list' | 'head'>,
): AsyncGenerator<Of> {
  for await (const object of objects) {
    if (!isFolder(object.key)) {
      yield object;
      continue;
    }
    let sum = 0;
    for await (const { key, bytes } of store.list(object.key)) {
      sum += bytes;
      const contentType = (await store.head(key))?.contentType ?? null;
      yield { ...object, key, bytes, sha256: null, contentType };
    }
    // Of a folder that is not whole the row is told of, which is in no store.
    if (sum !== object.bytes) yield object;
  }
}
