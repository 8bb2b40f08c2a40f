import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';

export interface SweepParts {
  readonly store: Pick<JobStore, 'getUpload' | 'forgetUploads'>;
  readonly objects: ObjectStore;
  readonly keepSeconds: number;
}

/**
 * Forgets uploads begun so long ago, and removes the segments of those that nobody knows any more: rows go first, and
 * are made first, so what has none is left over. Gives the number of uploads whose segments were removed.
 */
export async function sweepUploads({ store, objects, keepSeconds }: SweepParts): Promise<number> {
  await store.forgetUploads({ olderThanSeconds: keepSeconds });
  let removed = 0;
  let upload = '';
  let known = true;
  let keys: string[] = [];
  const remove = async (): Promise<void> => {
    if (keys.length > 0) removed += 1;
    await objects.delete(keys);
    keys = [];
  };
  // Keys come in order, so all of one upload stand together.
  for await (const { key } of objects.list('incoming/')) {
    const owner = key.split('/')[1] ?? '';
    if (owner !== upload) {
      await remove();
      upload = owner;
      known = (await store.getUpload(upload)) !== undefined;
    }
    if (!known) keys.push(key);
  }
  await remove();
  return removed;
}
