import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '@tessera/runtime/app-error';

/** Empty but locked. It stays when the lock is released: removing it would let two processes lock two files. */
const LOCK = '.lock';
/** Who holds the lock, for people; it decides nothing. */
const OWNER = '.lock-owner';

export interface FolderLock {
  release(): Promise<void>;
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

async function readOwner(folder: string): Promise<string> {
  const owner = await readFile(join(folder, OWNER), 'utf8').catch(() => '');
  return /^pid \d+ on \S+$/.test(owner) ? ` (${owner})` : '';
}

/**
 * Locks a folder for this process, creating it if need be. The lock is one of the operating system on the file
 * `.lock`, so it ends with the process however that ends, holds across containers, and can't be stale. Node offers no
 * file locks; SQLite, which is part of Node, takes them (fcntl or LockFileEx) for an exclusive transaction, which
 * stays open here and writes nothing.
 *
 * @throws AppError DATA_FOLDER_LOCKED if a process, this one included, holds it; INVALID_CONFIG if the folder can't be
 * made or written.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  let file: DatabaseSync | undefined;
  try {
    await mkdir(folder, { recursive: true });
    file = new DatabaseSync(join(folder, LOCK), { timeout: 0 });
    file.exec('begin exclusive');
  } catch (error) {
    file?.close();
    if (!isBusy(error)) {
      throw new AppError('INVALID_CONFIG', { message: `The data folder ${folder} can not be used.`, cause: error });
    }
    const owner = await readOwner(folder);
    throw new AppError('DATA_FOLDER_LOCKED', {
      message: `Another process${owner} uses the data folder ${folder}. Stop it first, or choose another folder.`,
      cause: error,
    });
  }
  const note = join(folder, `${OWNER}.${String(process.pid)}`);
  await writeFile(note, `pid ${String(process.pid)} on ${hostname()}`);
  await rename(note, join(folder, OWNER));
  const held = file;
  let released = false;
  return {
    release: async () => {
      if (released) return;
      released = true;
      await rm(join(folder, OWNER), { force: true });
      held.close();
    },
  };
}
