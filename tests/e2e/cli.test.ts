import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tessera } from './run-tessera.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const photo = (name: string): string => join(root, 'fixtures/photos', name);

describe('tessera', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'tessera-cli-test-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('processes files in its own process, and says which failed', async () => {
    const text = join(folder, 'text.jpg');
    await writeFile(text, 'this is no image');
    const out = join(folder, 'out');
    const ops = [
      '--op',
      'gaussian-blur:ksize=9',
      '--op',
      'canny',
      '--op',
      'statistics',
      '--split',
      'always',
      '--verify',
    ];
    const run = await tessera('process', photo('coffee.png'), text, photo('rocket.jpg'), ...ops, '-o', out);
    expect(run.code, run.stderr).toBe(3);
    expect(run.stdout.trim().split('\n')).toEqual([join(out, 'coffee.png'), join(out, 'rocket.png')]);
    expect(run.stderr).toContain('UNSUPPORTED_FORMAT');
    const names = ['coffee.png', 'coffee.statistics.json', 'rocket.png', 'rocket.statistics.json'];
    expect((await readdir(out)).sort()).toEqual(names);
    expect(await sharp(join(out, 'coffee.png')).metadata()).toMatchObject({ width: 600, height: 400, channels: 1 });

    const again = await tessera('process', photo('coffee.png'), '--op', 'invert', '-o', out);
    expect([again.code, again.stderr]).toEqual([4, expect.stringContaining('--overwrite')]);
  });

  it('lists the operations', async () => {
    const run = await tessera('operations', '--json');
    const { operations } = JSON.parse(run.stdout) as { operations: { op: string }[] };
    expect(operations.map(({ op }) => op)).toContain('gaussian-blur');
  });

  it.each([
    ['an unknown operation', ['process', photo('coffee.png'), '--op', 'sharpness', '-o', 'x'], 2, 'tessera operations'],
    ['no folder for the results', ['process', photo('coffee.png')], 2, '--output'],
    ['a server that is not there', ['operations', '--server', 'http://127.0.0.1:9'], 5, 'can not be reached'],
  ])('refuses %s with its own exit code', async (_, args, code, words) => {
    const run = await tessera(...args);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});
