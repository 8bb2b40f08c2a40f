import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dependenciesInStep } from './dependencies.mjs';
import { findNode } from './pinned-node.mjs';

let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-run-'));
  await mkdir(join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = (path, value) => writeFile(join(folder, path), JSON.stringify(value));

describe('dependenciesInStep', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it.each([
    ['all are there', { ...wanted }, true],
    ['an optional one is missing', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['one is missing', { 'node_modules/b': { version: '2.0.0' } }, false],
    ['one has another version', { ...wanted, 'node_modules/a': { version: '1.0.1' } }, false],
  ])('judges when %s', async (_, installed, expected) => {
    await write('package-lock.json', { packages: wanted });
    expect(dependenciesInStep(folder)).toBe(false);
    await write('node_modules/.package-lock.json', { packages: installed });
    expect(dependenciesInStep(folder)).toBe(expected);
    await rm(join(folder, 'node_modules/.package-lock.json'));
  });
});

describe('findNode', () => {
  it('takes the present Node when npm has none and its major version is right', async () => {
    await writeFile(join(folder, '.node-version'), `${process.versions.node}\n`);
    expect(findNode(folder)).toBe(process.execPath);
  });

  it('says what to do otherwise', async () => {
    await writeFile(join(folder, '.node-version'), '99.1.0\n');
    expect(() => findNode(folder)).toThrow('install Node 99.1.0');
  });
});

describe('runStep', () => {
  const step = new URL('./step.mjs', import.meta.url).href;
  const command = (code) => JSON.stringify([process.execPath, '-e', code]);
  const run = (code) =>
    spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { runStep } from '${step}'; process.exitCode = await runStep(${command(code)}, { cwd: '/' });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );

  it.each([
    ['process.exit(7)', 7],
    ['process.kill(process.pid, "SIGKILL")', 137],
  ])('passes on how a command ends: %s', async (code, expected) => {
    expect(await once(run(code), 'exit')).toEqual([expected, null]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('passes on %s', async (signal) => {
    const child = run(
      `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('ready');`,
    );
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([5, null]);
  });
});
