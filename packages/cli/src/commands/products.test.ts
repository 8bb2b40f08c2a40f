import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { INDICES } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../program.ts';

/** Runs the tool where no work may begin. */
async function tessera(...args: readonly string[]) {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runCli(args, {
    startEngine: () => Promise.reject(new Error('work began')),
    stateFolder: '/nonexistent',
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    stdin,
    signal: new AbortController().signal,
  });
  return { code, stdout: await text(stdout.end()), stderr: await text(stderr.end()) };
}

describe('commands that make products', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-cli-'));
    file = join(folder, 'a.tif');
    await writeFile(file, 'anything');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(INDICES)('$index has a flag for each band and each constant, and an example', async (definition) => {
    const { code, stdout } = await tessera(definition.index, '--help');
    expect(code).toBe(0);
    for (const name of [...definition.bands, ...Object.keys(definition.params.shape)]) {
      expect(stdout).toMatch(new RegExp(`^ +--${name} <`, 'm'));
    }
    expect(stdout).toContain(`tessera ${definition.index} --${definition.bands[0]} `);
  });

  it.each<[string, readonly string[], number, string]>([
    ['a missing band', ['ndvi', '--red', 'r', '-o', 'x'], 2, '--nir'],
    ['a band 0', ['ndvi', '--red', 'r:0', '--nir', 'n', '-o', 'x'], 2, 'from 1'],
    ['a fault in an expression', ['band-math', 'a + (', '--band', 'a=r', '-o', 'x'], 2, 'INVALID_EXPRESSION'],
    ['a band that is not given', ['band-math', 'a + b', '--band', 'a=r', '-o', 'x'], 2, 'INVALID_EXPRESSION'],
    ['a band that nothing reads', ['band-math', '2 * a', '--band', 'a=r', '--band', 'b=r', '-o', 'x'], 2, 'b=…'],
    ['a scale of no band', ['ndvi', '--red', 'r', '--nir', 'n', '--scale', 'blue=2', '-o', 'x'], 2, 'nir, red'],
    ['a scale that is no number', ['ndvi', '--red', 'r', '--nir', 'n', '--scale', 'red', '-o', 'x'], 2, 'number'],
    ['a rule that there is not', ['median', '--scenes', 'r', '--rule', 'average', '-o', 'x'], 2, 'percentile=P'],
    ['a window of three numbers', ['median', '--scenes', 'r', '--window', '1,2,3', '-o', 'x'], 2, '4 whole numbers'],
    ['luminance of one band', ['median', '--scenes', 'A', '--bands', '1', '-o', 'x'], 2, '--rule median '],
    ['a pattern without files', ['median', '--scenes', 'none-*.tif', '-o', 'x'], 2, 'no such file'],
    ['clear classes of no band', ['median', '--scenes', 'A', '--clear-classes', '4', '-o', 'x'], 2, '--mask-band'],
    ['a file that is not there', ['ndvi', '--red', 'gone.tif', '--nir', 'gone.tif', '-o', 'x'], 4, 'gone.tif'],
    ['an output that exists', ['ndvi', '--red', 'A', '--nir', 'A:2', '-o', 'OTHER'], 4, '--overwrite'],
    ['an output that is an input', ['ndvi', '--red', 'A', '--nir', 'A:2', '-o', 'A', '--overwrite'], 2, 'inputs'],
    [
      'a site that is away',
      ['ndvi', '--red', 'A', '--nir', 'A', '-o', 'x', '--server', 'http://127.0.0.1:9'],
      5,
      'can not',
    ],
  ])('refuse %s before any work', async (_, args, code, words) => {
    await writeFile(join(folder, 'other.tif'), '');
    const names: Readonly<Record<string, string>> = { A: file, 'A:2': `${file}:2`, OTHER: join(folder, 'other.tif') };
    const run = await tessera(...args.map((arg) => names[arg] ?? arg));
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(words)]);
    expect(run.stdout).toBe('');
  });

  it('tell errors as JSON where that is wanted', async () => {
    const run = await tessera('ndvi', '--red', file, '--nir', 'gone.tif', '-o', 'x', '--json');
    expect(JSON.parse(run.stdout)).toEqual({
      end: 'refused',
      error: { code: 'SOURCE_MISSING', message: 'gone.tif: there is no such file' },
    });
  });
});
