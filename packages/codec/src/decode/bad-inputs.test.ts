import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@tessera/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_INPUTS } from '../bad-inputs/index-fixture.ts';
import { openBench, type Bench } from './decoder-fixture.ts';

let bench: Bench;
let pids: readonly number[];

beforeAll(async () => {
  bench = await openBench();
  pids = bench.decoder.pids();
});
afterAll(() => bench.close());

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => AppError.from(error).code,
  );

describe('bad inputs', () => {
  it('hold every row of the table that concerns the codec', () => {
    const rows = new Set(BAD_INPUTS.map(({ row }) => row));
    expect([...rows]).toEqual(Array.from({ length: 32 }, (_, i) => i + 11));
  });

  it.each(BAD_INPUTS)('row $row: $name', async ({ make, code, decoderCode = code, jobCode }) => {
    const path = await bench.save(await make());
    const target = join(bench.folder, 'decoded');
    expect(await codeOf(bench.decoder.probe(path))).toBe(decoderCode);
    expect(await codeOf(bench.decoder.decode(path, target))).toBe(decoderCode ?? jobCode ?? null);
    await Promise.all([path, target].map((file) => rm(file, { force: true })));
  });

  it('have not killed the process that read them', () => {
    expect(bench.decoder.pids()).toEqual(pids);
  });
});
