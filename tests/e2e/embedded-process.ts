import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../services/free-port.ts';
import { ManagedProcess } from '../services/managed-process.ts';
import { createTemporaryFolder } from '../services/temporary-folder.ts';
import { waitUntil } from '../services/wait-until.ts';
import type { MortalSite } from './mortal-site.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The embedded form in a process of its own, which is all killed and started again on the same data. */
export async function startEmbeddedProcess(settings: Readonly<Record<string, string>> = {}): Promise<MortalSite> {
  const folder = await createTemporaryFolder('embedded-process');
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  let running: ManagedProcess | undefined;

  const start = async (): Promise<void> => {
    running = new ManagedProcess({
      program: process.execPath,
      args: ['--no-memory-protection-keys', join(root, 'components/standalone/src/main.ts')],
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        PORT: String(port),
        TESSERA_DATA: join(folder.path, 'data'),
        ...settings,
      },
      cwd: folder.path,
      output: join(folder.path, 'log'),
    });
    const ready = (): Promise<boolean> =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitUntil(`${url} is ready`, ready, { ms: 90_000, every: 250 });
  };
  await start();
  return {
    url,
    start,
    pid: () => running?.pid ?? 0,
    kill: async () => {
      await running?.kill();
    },
    stop: async () => {
      await running?.end('SIGTERM', 40_000);
      await folder.remove();
    },
  };
}
