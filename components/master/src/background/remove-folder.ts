import type { ObjectStore } from '@tessera/storage';

/** Keys deleted in one call. */
const BATCH = 500;

/** Removes all objects whose keys begin with a prefix; gives their number. */
export async function removeFolder(objects: Pick<ObjectStore, 'list' | 'delete'>, prefix: string): Promise<number> {
  let removed = 0;
  let keys: string[] = [];
  for await (const { key } of objects.list(prefix)) {
    keys.push(key);
    if (keys.length < BATCH) continue;
    await objects.delete(keys);
    removed += keys.length;
    keys = [];
  }
  if (keys.length > 0) await objects.delete(keys);
  return removed + keys.length;
}
