import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type Engine } from '@tessera/cli';
import { createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import { standaloneConfigShape } from './config.ts';
import { startStandalone } from './standalone.ts';

/** The standalone form on a free port of this machine only, with a data folder that lives as long as the run. */
async function startEngine(): Promise<Engine> {
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

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(130);
  process.stderr.write('\nStopping. Press Ctrl-C again to leave at once.\n');
  interrupt.abort();
});

const { stdout, stderr, stdin } = process;
const { XDG_STATE_HOME } = readEnvironment();
// Where the XDG base directory specification wants what a later run has to know; a relative path counts as unset.
const state = XDG_STATE_HOME?.startsWith('/') ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
process.exitCode = await runCli(process.argv.slice(2), {
  startEngine,
  stateFolder: join(state, 'tessera'),
  stdout,
  stderr,
  stdin,
  signal: interrupt.signal,
});
