import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Scratch files are named `<process id>.<id>`. */
const NAME = /^([1-9]\d*)\./;

/** Removes scratch files of processes that are gone. */
export async function removeStaleScratch(folder: string): Promise<void> {
  await removeWhere(folder, (pid) => pid !== process.pid && !isAlive(pid));
}

/** Removes scratch files that an earlier process of our id left, before the first of our own is made. */
export async function removeOwnScratch(folder: string): Promise<void> {
  await removeWhere(folder, (pid) => pid === process.pid);
}

async function removeWhere(folder: string, stale: (pid: number) => boolean): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && stale(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Tells whether a process of this machine is alive, as far as this process may know. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Only "no such process" proves it; a process of somebody else is alive.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
