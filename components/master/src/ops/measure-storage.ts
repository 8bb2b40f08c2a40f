import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '@tessera/storage';

/** Objects and milliseconds that counting may take; above them it is given up. */
const MOST_OBJECTS = 20_000;
const PATIENCE = 2000;

interface Usage {
  readonly objects: number;
  readonly bytes: number;
}

/** Counts the objects below a prefix, or gives null where they are too many to be counted for a page. */
export async function measurePrefix(objects: ObjectStore, prefix: string): Promise<Usage | null> {
  const sum = { objects: 0, bytes: 0 };
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    for await (const { bytes } of objects.list(prefix, { signal })) {
      sum.objects += 1;
      sum.bytes += bytes;
      if (sum.objects > MOST_OBJECTS) return null;
    }
    return sum;
  } catch {
    return null;
  }
}

/** Files of a master's scratch folder, and the disk that it lies on. */
export async function measureScratch(folder: string): Promise<Usage & { freeBytes: number; sizeBytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      // A file that is gone by now is none.
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => undefined,
        ),
      ),
  );
  const there = sizes.filter((size) => size !== undefined);
  const disk = await statfs(folder).catch(() => undefined);
  return {
    objects: there.length,
    bytes: there.reduce((sum, size) => sum + size, 0),
    freeBytes: disk === undefined ? 0 : disk.bavail * disk.bsize,
    sizeBytes: disk === undefined ? 0 : disk.blocks * disk.bsize,
  };
}
