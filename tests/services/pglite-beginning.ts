import { openAsBlob } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { inject } from 'vitest';
import { runCommand } from './run-command.ts';
import type {} from './provided.ts';

/** What a database in memory begins with, migrated and empty. */
export function pgliteBeginning(): Promise<Blob> {
  return openAsBlob(inject('pgliteTemplate'));
}

/** Writes the data of a migrated, empty database to a folder where a process is going to open it. */
export async function writePgliteBeginning(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await runCommand('tar', ['--extract', '--no-same-owner', '--file', inject('pgliteTemplate'), '--directory', folder]);
}
