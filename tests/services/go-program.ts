import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findProgram } from './find-program.ts';
import { tryCommand } from './run-command.ts';

/** Where the programs that the tests build are kept. */
export const goProgramFolder = fileURLToPath(new URL('../../.cache/bin', import.meta.url));

/**
 * Builds a program from the Go module proxy into `goProgramFolder`.
 *
 * @returns why that was not possible, if so.
 */
export async function installGoProgram(module: string, version: string): Promise<string | undefined> {
  const go = findProgram(['go']);
  if (go === undefined) return 'Go is not on this machine';
  await mkdir(goProgramFolder, { recursive: true });
  console.log(`Building ${module}@${version} with Go (about two minutes, once) …`);
  const result = await tryCommand(go, ['install', `${module}@${version}`], {
    env: { ...process.env, GOBIN: goProgramFolder, GOTOOLCHAIN: 'auto', GOFLAGS: '' },
  });
  return result.ok ? undefined : `go install ${module}@${version}: ${result.stderr.trim().slice(-1000)}`;
}
