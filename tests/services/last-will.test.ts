import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitUntil } from './wait-until.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-will-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a process that leaves a file by its last will, and ends it. */
async function endWith(code: string, file: string, signal?: NodeJS.Signals): Promise<void> {
  const script = `
    import { leaveLastWill } from ${JSON.stringify(new URL('./last-will.ts', import.meta.url).href)};
    const withdraw = leaveLastWill('echo done > "$1"', ${JSON.stringify(file)});
    console.log('ready');
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  if (signal) child.kill(signal);
  await ended;
}

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('is carried out when %s ends the process', async (signal) => {
  const file = join(folder, signal);
  await endWith('setInterval(() => {}, 1000);', file, signal);
  await waitUntil('the will is carried out', () => existsSync(file), { ms: 10_000 });
});

it('is carried out at an ordinary end, which it does not delay', async () => {
  const file = join(folder, 'end');
  await endWith('', file);
  await waitUntil('the will is carried out', () => existsSync(file), { ms: 10_000 });
});

it('is not carried out after it was withdrawn', async () => {
  const file = join(folder, 'withdrawn');
  const other = join(folder, 'other');
  await endWith(`withdraw(); leaveLastWill('sleep 0.5; echo done > "$1"', ${JSON.stringify(other)});`, file);
  await waitUntil('a later will is carried out', () => existsSync(other), { ms: 10_000 });
  expect(existsSync(file)).toBe(false);
});
