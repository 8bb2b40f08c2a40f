import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@tessera/runtime';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { masterConfigShape, masterWorkShape } from './config.ts';

const secret = 'x'.repeat(32);

test('all but the secret of the cookie has a default', () => {
  const config = parseConfig(masterConfigShape, { COOKIE_SECRET: secret });
  expect(config).toMatchObject({ PORT: 8080, MAX_UPLOAD_BYTES: 536_870_912, MAX_ATTEMPTS: 3, METRICS_OPEN: false });
  expect(() => parseConfig(masterConfigShape, {})).toThrow(/COOKIE_SECRET/);
});

test('all problems are told at once, by name and without values', () => {
  const given = {
    COOKIE_SECRET: 'short-secret',
    PORT: '80a',
    MAX_ATTEMPTS: '0',
    METRICS_OPEN: 'yes',
    TRUST_PROXY: '-1',
  };
  expect(() => parseConfig(masterWorkShape, given)).toThrow(/COOKIE_SECRET[^]*PORT|PORT[^]*COOKIE_SECRET/);
  try {
    parseConfig(masterWorkShape, given);
  } catch (error) {
    for (const name of Object.keys(given)) expect(String(error)).toContain(name);
    expect(String(error)).not.toContain('short-secret');
  }
});

test('every variable is described', () => {
  for (const [name, schema] of Object.entries<z.ZodType>(masterConfigShape)) {
    expect([name, (schema.description ?? '').length > 10]).toEqual([name, true]);
  }
});

test('a secret may come from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-config-'));
  await writeFile(join(folder, 'secret'), `${secret}\n`);
  const read = () => parseConfig(masterWorkShape, { COOKIE_SECRET_FILE: join(folder, 'secret') }).COOKIE_SECRET;
  expect(read()).toEqual([secret]);
  await writeFile(join(folder, 'secret'), `${'n'.repeat(40)}\r\n\n${secret}\n`);
  expect(read()).toEqual(['n'.repeat(40), secret]);
  await writeFile(join(folder, 'secret'), `${secret}\nshort\n`);
  expect(read).toThrow(/COOKIE_SECRET.*32 characters or longer/);
  expect(() => parseConfig(masterWorkShape, { COOKIE_SECRET_FILE: join(folder, 'none') })).toThrow(
    /COOKIE_SECRET_FILE/,
  );
  await rm(folder, { recursive: true });
});

test('the process exits with 78 and says which variables are wrong', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env.PATH, PORT: 'x' },
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(78);
  expect(text).toMatch(/COOKIE_SECRET: .*\n[^]*PORT: |PORT: .*\n[^]*COOKIE_SECRET: /);
});
