import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../background/stale-scratch.ts';

const PREFIX = 'zoom-';

/**
 * Makes an empty folder of this process below the decoder's scratch folder, where decode children may write. What
 * processes left there that are gone is removed.
 */
export async function makePrivateFolder(scratch: string): Promise<string> {
  for (const name of await readdir(scratch)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (Number.isInteger(pid) && (pid === process.pid || !isAlive(pid))) {
      await rm(join(scratch, name), { recursive: true, force: true });
    }
  }
  const folder = join(scratch, `${PREFIX}${process.pid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
