import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess } from './managed-process.ts';

const program = fileURLToPath(new URL('../deploy/engine/prepare-images.ts', import.meta.url));

/**
 * Begins to make the images of the deployment tests, behind everything else that runs, if other tests run before them.
 *
 * @returns what ends it.
 */
export async function beginImages(host: string, files: readonly string[]): Promise<() => Promise<void>> {
  const deployments = files.filter((file) => file.includes('/tests/deploy/'));
  if (deployments.length < 2 || deployments.length === files.length) return () => Promise.resolve();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-images-'));
  const making = new ManagedProcess({
    program: 'nice',
    args: ['-n', '5', process.execPath, program, host],
    env: process.env,
    cwd: '/',
    output: join(folder, 'log'),
  });
  return async () => {
    await making.kill();
    await rm(folder, { recursive: true, force: true });
  };
}
