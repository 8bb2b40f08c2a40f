import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { BackupEntry, BackupFolder } from './backup-folder.ts';
import { copyObject, sideBySide, type ReadFacts } from './transfer.ts';

/** An object that has to be in the backup. */
export interface WantedObject {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly contentType: string | null;
}

export interface BackupSummary {
  readonly objects: number;
  readonly copied: number;
  readonly copiedBytes: number;
  /** Keys that the store does not have, though a row refers to them. */
  readonly missing: readonly string[];
}

/**
 * Copies the wanted objects that the folder does not have yet, and writes the list of all. An earlier copy is taken for
 * good if the backup before lists it and its length is right: objects never change.
 *
 * @throws AppError STORE_CORRUPT if the store gives other bytes than the database tells of.
 */
export async function backUpObjects(
  wanted: Iterable<WantedObject>,
  { folder, stamp, from, to }: { folder: BackupFolder; stamp: string; from: ObjectStore; to: ObjectStore },
): Promise<BackupSummary> {
  const before = await listedBefore(folder);
  const missing: string[] = [];
  let [objects, copied, copiedBytes] = [0, 0, 0];
  const entryOf = async (object: WantedObject): Promise<BackupEntry> => {
    const { key, bytes, contentType } = object;
    objects += 1;
    const earlier = before.get(key);
    if (earlier !== undefined && (await to.head(key))?.bytes === bytes) {
      return { key, bytes, sha256: earlier, contentType };
    }
    const facts = await copyObject(from, to, object, (read) => assertSame(object, read));
    if (facts === undefined) missing.push(key);
    else {
      copied += 1;
      copiedBytes += facts.bytes;
    }
    return { key, bytes, sha256: facts?.sha256 ?? null, contentType };
  };
  await folder.write(stamp, sideBySide(wanted, entryOf));
  return { objects, copied, copiedBytes, missing };
}

/** Digests of the objects in the newest finished backup. */
async function listedBefore(folder: BackupFolder): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  const newest = (await folder.stamps()).at(-1);
  if (newest === undefined) return digests;
  for await (const { key, sha256 } of folder.entries(newest)) if (sha256 !== null) digests.set(key, sha256);
  return digests;
}

/** @throws AppError STORE_CORRUPT */
function assertSame(object: WantedObject, read: ReadFacts): void {
  if (read.bytes === object.bytes && (object.sha256 === null || read.sha256 === object.sha256)) return;
  throw new AppError('STORE_CORRUPT', {
    message: `The object ${object.key} is not what the database says of it.`,
    details: { key: object.key, bytes: read.bytes, expected: object.bytes },
  });
}
