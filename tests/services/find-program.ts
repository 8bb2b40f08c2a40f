import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders that a user's PATH often lacks. */
const MORE_FOLDERS = [
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/go/bin',
];

/**
 * The first candidate that is an executable file: a bare name is looked up on the PATH, a path may hold `*` (the last in
 * natural order wins, so the newest version).
 */
export function findProgram(candidates: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...MORE_FOLDERS];
  for (const candidate of candidates) {
    const paths = candidate.includes('/') ? expand(candidate) : folders.map((folder) => join(folder, candidate));
    const found = paths.find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

function expand(pattern: string): string[] {
  const natural = new Intl.Collator('en', { numeric: true });
  return pattern.includes('*') ? globSync(pattern).sort((a, b) => natural.compare(b, a)) : [pattern];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
