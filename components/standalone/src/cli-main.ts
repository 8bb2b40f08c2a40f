import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@tessera/cli';
import { readEnvironment } from '@tessera/runtime';

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(130);
  process.stderr.write('\nStopping. Press Ctrl-C again to leave at once.\n');
  interrupt.abort();
});

const { stdout, stderr, stdin } = process;
const { XDG_CACHE_HOME, XDG_STATE_HOME } = readEnvironment();
// Where the XDG base directory specification wants what a later run has to know, and what only makes it quicker; a
// relative path counts as unset.
const state = XDG_STATE_HOME?.startsWith('/') ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
const cache = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache');
process.exitCode = await runCli(process.argv.slice(2), {
  // Master and executor are loaded only by those who work without a site: it takes longer than all the rest.
  startEngine: async () => (await import('./cli-engine.ts')).startEngine(join(cache, 'tessera')),
  stateFolder: join(state, 'tessera'),
  stdout,
  stderr,
  stdin,
  signal: interrupt.signal,
});
