import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adlerOf } from '../adler32-fixture.ts';
import { EMPTY_ADLER } from '../adler32.ts';
import { makePicture, randomBytes } from '../pictures-fixture.ts';
import { FILTER_NUMBERS, filterRow, type Filter } from '../png/filter.ts';
import { EMPTY_LAST_BLOCK, zlibStream } from '../zlib-stream.ts';
import { loadKernel, PIECE_BYTES } from './kernel.ts';

const kernel = loadKernel();
const filters = Object.keys(FILTER_NUMBERS) as Filter[];

/** Bytes of many kinds: `spread` sets how many values occur, `repeat` how often (of 256) one follows itself. */
const bytes = fc
  .record({
    length: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 150_000 })),
    seed: fc.nat(),
    spread: fc.constantFrom(1, 2, 3, 16, 256),
    repeat: fc.constantFrom(0, 128, 250, 255),
    skewed: fc.boolean(),
  })
  .map(({ length, seed, spread, repeat, skewed }) => {
    const random = randomBytes(seed);
    const sample = (): number => (skewed ? (random() * random()) >> 8 : random()) % spread;
    const result = new Uint8Array(length);
    for (let i = 0; i < length; i += 1) result[i] = random() < repeat ? (result[i - 1] ?? 0) : sample();
    return result;
  });

const inflate = (deflated: Uint8Array): Buffer => inflateRawSync(Buffer.concat([deflated, EMPTY_LAST_BLOCK]));

describe('the codec kernel', () => {
  it('is what its sources compile to', { timeout: 120_000 }, async () => {
    const script = fileURLToPath(new URL('../../../assembly/build.mjs', import.meta.url));
    await promisify(execFile)(process.execPath, [script, '--check']);
  });

  it('filters as the reference does', () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 2, max: 9 }),
      channels: fc.integer({ min: 1, max: 4 }),
      from: fc.integer({ min: 1, max: 8 }),
      filter: fc.constantFrom(...filters),
      texture: fc.constantFrom('noise' as const, 'smooth' as const, 'drawing' as const),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ width, height, channels, from: wanted, filter, texture, seed }) => {
        const from = Math.min(wanted, height - 1);
        const raster = makePicture(width, height, channels, texture, seed);
        const piece = kernel.piece(kernel.filterRows(raster, from, height, filter));
        const line = new Uint8Array(1 + width * channels);
        const lines = Array.from({ length: height - from }, (_, i) => {
          filterRow(raster, from + i, filter, line);
          return [...line];
        });
        expect([...piece]).toEqual(lines.flat());
      }),
      { numRuns: 400 },
    );
  });

  it('deflates to what zlib inflates', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        const deflated = kernel.deflate(kernel.place(input));
        expect(inflate(deflated).equals(input)).toBe(true);
        expect(deflated.length).toBeLessThanOrEqual(input.length + input.length / 4096 + 64);
        // It ends with an empty stored block, so on a byte boundary.
        expect([...deflated.subarray(-4)]).toEqual([0, 0, 255, 255]);
      }),
      { numRuns: 400 },
    );
  });

  it('deflates a whole piece, of noise and of nothing', () => {
    const noise = Uint8Array.from({ length: PIECE_BYTES }, randomBytes(11));
    for (const input of [noise, new Uint8Array(PIECE_BYTES), noise.map((byte) => byte & 1)]) {
      expect(inflate(kernel.deflate(kernel.place(input))).equals(input)).toBe(true);
    }
  });

  it('deflates codes that would be too long: counts that grow like Fibonacci numbers', () => {
    const input: number[] = [];
    for (let symbol = 0, a = 1, b = 1; symbol < 20; symbol += 1, [a, b] = [b, a + b]) {
      for (let i = 0; i < a; i += 1) input.push(symbol * 7);
    }
    const random = randomBytes(2);
    const shuffled = input.map((byte) => ({ byte, key: random() * 256 + random() })).sort((x, y) => x.key - y.key);
    const data = Uint8Array.from(shuffled, ({ byte }) => byte);
    expect(inflate(kernel.deflate(kernel.place(data))).equals(data)).toBe(true);
  });

  it('takes the same Adler-32 as zlib, in any number of pieces', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 40_000 }), (input, step) => {
        let adler = EMPTY_ADLER;
        for (let start = 0; start < input.length; start += step) {
          adler = kernel.appendAdler32(adler, kernel.place(input.subarray(start, start + step)));
        }
        expect(adler).toEqual(adlerOf(input));
      }),
    );
    const high = new Uint8Array(PIECE_BYTES).fill(255);
    expect(kernel.appendAdler32(EMPTY_ADLER, kernel.place(high))).toEqual(adlerOf(high));
  });

  it('makes zlib streams of any length', () => {
    for (const length of [0, 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES + 777]) {
      const input = Uint8Array.from({ length }, randomBytes(length));
      expect(inflateSync(zlibStream(input)).equals(input)).toBe(true);
    }
  });
});
