import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@tessera/cli';
import { createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import { pgliteTemplate } from '@tessera/store/pglite';
import { standaloneConfigShape } from './config.ts';
import { startStandalone } from './standalone.ts';

/**
 * The standalone form on a free port of this machine only, with a data folder that lives as long as the run.
 *
 * @param cache a folder for what makes the next start quicker.
 */
export async function startEngine(cache: string): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-cli-'));
  const settings = { HOST: '127.0.0.1', PORT: '0', TESSERA_DATA: folder, LOG_LEVEL: 'silent' };
  const config = parseConfig(standaloneConfigShape, { ...readEnvironment(), ...settings });
  try {
    const logger = createLogger({ name: 'tessera', level: config.LOG_LEVEL });
    const beginning = await openAsBlob(await pgliteTemplate(join(cache, 'database')));
    const standalone = await startStandalone(config, logger, { beginning });
    const close = async (): Promise<void> => {
      await standalone.close();
      await rm(folder, { recursive: true, force: true });
    };
    return { url: standalone.url, close };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
