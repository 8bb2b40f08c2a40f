import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@tessera/cli';
import { createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import { standaloneConfigShape } from './config.ts';
import { startStandalone } from './standalone.ts';

/** The standalone form on a free port of this machine only, with a data folder that lives as long as the run. */
export async function startEngine(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-cli-'));
  const settings = { HOST: '127.0.0.1', PORT: '0', TESSERA_DATA: folder, LOG_LEVEL: 'silent' };
  const config = parseConfig(standaloneConfigShape, { ...readEnvironment(), ...settings });
  try {
    const standalone = await startStandalone(config, createLogger({ name: 'tessera', level: config.LOG_LEVEL }));
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
