import { statfsSync } from 'node:fs';
import { AppError } from '@tessera/runtime/app-error';

/**
 * Refuses at once what can't fit, rather than filling the disk first.
 *
 * @throws AppError SCRATCH_FULL if `folder`'s disk has fewer than `bytes` free.
 */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes) throw new AppError('SCRATCH_FULL', { details: { bytes, free: bavail * bsize } });
}
