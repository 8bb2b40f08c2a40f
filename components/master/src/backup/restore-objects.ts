import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { BackupEntry } from './backup-folder.ts';
import { copyObject, sideBySide } from './transfer.ts';

/**
 * Puts the objects of a backup back, those that are there in their length excepted. Gives the number put.
 *
 * @throws AppError STORE_CORRUPT if the backup is damaged.
 */
export async function restoreObjects(
  entries: AsyncIterable<BackupEntry>,
  { from, to }: { from: ObjectStore; to: ObjectStore },
): Promise<number> {
  const restore = async (entry: BackupEntry): Promise<number> => {
    if (entry.sha256 === null || (await to.head(entry.key))?.bytes === entry.bytes) return 0;
    const damaged = new AppError('STORE_CORRUPT', { message: `The backup of ${entry.key} is damaged or missing.` });
    const facts = await copyObject(from, to, entry, (read) => {
      if (read.bytes !== entry.bytes || read.sha256 !== entry.sha256) throw damaged;
    });
    if (facts === undefined) throw damaged;
    return 1;
  };
  let sum = 0;
  for await (const count of sideBySide(entries, restore)) sum += count;
  return sum;
}
