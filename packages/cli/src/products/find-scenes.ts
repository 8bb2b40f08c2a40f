import { glob, stat } from 'node:fs/promises';
import { AppError } from '@tessera/runtime/app-error';

/**
 * Files that are named or that match patterns (`*`, `?`, `[…]`, `**`), each once; those of a pattern in the order of their
 * names, whatever order the folder has.
 *
 * @throws AppError BAD_REQUEST for a name or a pattern that finds nothing.
 */
export async function findScenes(patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const file of await filesOf(pattern)) found.add(file);
  }
  return [...found];
}

async function filesOf(pattern: string): Promise<readonly string[]> {
  // A file may have a name that is a pattern as well.
  if (await isFile(pattern)) return [pattern];
  const files: string[] = [];
  for await (const file of glob(pattern)) if (await isFile(file)) files.push(file);
  if (files.length > 0) return files.sort();
  throw new AppError('BAD_REQUEST', { message: `--scenes ${pattern}: there is no such file` });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
