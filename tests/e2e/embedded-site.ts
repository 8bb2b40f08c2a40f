import { join } from 'node:path';
import { parseConfig, silentLogger } from '@tessera/runtime';
import type { UrlAccess } from '@tessera/master';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { writePgliteBeginning } from '../services/pglite-beginning.ts';
import { createTemporaryFolder } from '../services/temporary-folder.ts';
import type { Site } from './site.contract.ts';

/**
 * The embedded form on a free port, with a data folder of its own.
 *
 * @param urls how addresses that visitors give are reached; default: the public internet.
 */
export async function startEmbeddedSite(
  settings: Readonly<Record<string, string>> = {},
  urls?: UrlAccess,
): Promise<Site> {
  const folder = await createTemporaryFolder('embedded');
  const data = join(folder.path, 'data');
  await writePgliteBeginning(join(data, 'database/pglite'));
  const given = { PORT: '0', TESSERA_DATA: data, ...settings };
  const standalone = await startStandalone(parseConfig(standaloneConfigShape, given), silentLogger(), urls);
  return {
    url: standalone.url,
    stop: async () => {
      await standalone.close();
      await folder.remove();
    },
  };
}
