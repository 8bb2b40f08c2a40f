import { join } from 'node:path';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { createTemporaryFolder } from '../services/temporary-folder.ts';
import { pageContract } from './page/page.contract.ts';
import { siteContract, type Site } from './site.contract.ts';

/** The embedded form on a free port, with a data folder of its own. */
async function start(): Promise<Site> {
  const folder = await createTemporaryFolder('embedded');
  const config = parseConfig(standaloneConfigShape, { PORT: '0', TESSERA_DATA: join(folder.path, 'data') });
  const standalone = await startStandalone(config, silentLogger());
  return {
    url: standalone.url,
    stop: async () => {
      await standalone.close();
      await folder.remove();
    },
  };
}

siteContract('embedded', start);
pageContract('embedded', start);
