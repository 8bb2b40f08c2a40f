import { rm, type FileHandle } from 'node:fs/promises';
import { AppError } from '@tessera/runtime';

/** @throws AppError SCRATCH_FULL */
export async function appendScratch(file: FileHandle, chunk: Uint8Array): Promise<void> {
  try {
    await file.appendFile(chunk);
  } catch (error) {
    scratchError(error);
  }
}

/** Whatever a scratch file fails with, it is our disk and not the client's file. */
export function scratchError(cause: unknown): never {
  throw new AppError('SCRATCH_FULL', { cause });
}

/** Removes a scratch file if it is there. */
export async function removeScratch(path: string): Promise<void> {
  await rm(path, { force: true });
}
