import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { accessTo, type KnownHosts } from '../cluster/known-hosts.ts';
import { writePgliteBeginning } from '../services/pglite-beginning.ts';
import { createTemporaryFolder } from '../services/temporary-folder.ts';
import type { BreakableSite } from './breakable-site.ts';

const ADMIN_TOKEN = 'the-token-of-the-operator';

/**
 * The embedded form on a free port, with a data folder of its own.
 *
 * @param hosts that addresses which visitors give may lead to; default: the public internet.
 */
export async function startEmbeddedSite(
  settings: Readonly<Record<string, string>> = {},
  hosts?: KnownHosts,
): Promise<BreakableSite> {
  const folder = await createTemporaryFolder('embedded');
  const data = join(folder.path, 'data');
  const [uploads, hidden] = [join(data, 'objects/uploads'), join(folder.path, 'hidden')];
  await mkdir(hidden);
  const away = new Set<string>();
  await writePgliteBeginning(join(data, 'database/pglite'));
  const given = { PORT: '0', TESSERA_DATA: data, ADMIN_TOKEN, ...settings };
  const standalone = await startStandalone(
    parseConfig(standaloneConfigShape, given),
    silentLogger(),
    hosts && { urls: accessTo(hosts) },
  );
  return {
    url: standalone.url,
    adminToken: ADMIN_TOKEN,
    machines: 1,
    async break(images) {
      for (const image of images) {
        await rename(join(uploads, image), join(hidden, image));
        away.add(image);
      }
    },
    async mend() {
      for (const image of away) await rename(join(hidden, image), join(uploads, image));
      away.clear();
    },
    async stop() {
      await standalone.close();
      await folder.remove();
    },
  };
}
