import type { ObjectStore } from '@tessera/storage';
import type { BackupFolder } from './backup-folder.ts';

/** Removes all but the newest backups, and the objects that none of those lists. */
export async function pruneBackups(
  folder: BackupFolder,
  objects: ObjectStore,
  keep: number,
): Promise<{ backups: number; objects: number }> {
  const stamps = await folder.stamps();
  const old = stamps.slice(0, Math.max(0, stamps.length - keep));
  // First the lists: whoever dies in between leaves objects, which the next time removes.
  for (const stamp of old) await folder.remove(stamp);
  const kept = new Set<string>();
  for (const stamp of await folder.stamps()) for await (const { key } of folder.entries(stamp)) kept.add(key);
  const over: string[] = [];
  for await (const { key } of objects.list('')) if (!kept.has(key)) over.push(key);
  await objects.delete(over);
  return { backups: old.length, objects: over.length };
}
