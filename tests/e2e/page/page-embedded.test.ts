import { join } from 'node:path';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { pageContract } from './page.contract.ts';

pageContract('embedded', async () => {
  const folder = await createTemporaryFolder('page');
  const config = parseConfig(standaloneConfigShape, { PORT: '0', TESSERA_DATA: join(folder.path, 'data') });
  const standalone = await startStandalone(config, silentLogger());
  return {
    url: standalone.url,
    stop: async () => {
      await standalone.close();
      await folder.remove();
    },
  };
});
