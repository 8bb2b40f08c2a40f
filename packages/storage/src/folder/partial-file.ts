import { randomUUID } from 'node:crypto';
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { absent } from './folder-error.ts';

/** A partial file that nobody touched for this long is stale even if a process with its writer's id lives. */
const STALE_MILLISECONDS = 3_600_000;

export interface PartialFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Creates an empty file for an object being written; its name tells which process writes it. */
export async function createPartialFile(folder: string): Promise<PartialFile> {
  const path = join(folder, `${process.pid}-${randomUUID()}`);
  return { path, handle: await open(path, 'wx+') };
}

/**
 * Removes what writers left behind that were killed: partial files of processes that are gone, of an earlier process
 * with our own id (usual in containers), and any untouched for an hour.
 */
export async function sweepPartialFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const facts = await stat(path).catch(absent);
    if (facts !== undefined && isStale(Number.parseInt(name, 10), facts.mtimeMs)) await rm(path, { force: true });
  }
}

function isStale(writer: number, touchedAt: number): boolean {
  if (!(writer > 0) || Date.now() - touchedAt > STALE_MILLISECONDS) return true;
  if (writer === process.pid) return touchedAt < performance.timeOrigin;
  return !isAlive(writer);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, but it is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
