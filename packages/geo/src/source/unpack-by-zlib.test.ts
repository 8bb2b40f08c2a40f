import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackByZlib, unpackHere } from './unpack-by-zlib.ts';

/** Rows of which some compress to nothing and others hardly. */
const blocks = fc
  .record({ rows: fc.array(fc.constantFrom(1, 4, 64, 256), { minLength: 8, maxLength: 64 }), seed: fc.integer() })
  .map(({ rows, seed }) => {
    let state = seed;
    const bytes = new Uint8Array(rows.length * 2048);
    for (let at = 0; at < bytes.length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      bytes[at] = (state >>> 16) % rows[at >> 11]!;
    }
    return bytes;
  });

describe('law: what is unpacked begins with the bytes that are wanted', () => {
  it.each([
    ['elsewhere', unpackByZlib],
    ['here', unpackHere],
  ])('%s', async (_where, unpack) => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.double({ min: 0, max: 1, noNaN: true }), async (bytes, share) => {
        const wanted = Math.ceil(bytes.length * share);
        for (const [kind, stored] of [
          ['deflate', zlib.deflateSync(bytes, { level: 1 })],
          ['zstd', zlib.zstdCompressSync(bytes)],
        ] as const) {
          const unpacked =
            kind === 'deflate' && unpack.inflate
              ? unpack.inflate(stored, bytes.length, wanted)
              : await unpack[kind](stored, bytes.length, wanted);
          const read = Buffer.from(unpacked);
          expect(read.length).toBeGreaterThanOrEqual(wanted);
          expect(read.subarray(0, wanted).equals(bytes.subarray(0, wanted))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('fails on damaged bytes, on missing ones, and on more than are allowed', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * at) >> 7);
  const stored = zlib.deflateSync(bytes);
  const damaged = new Uint8Array(stored).fill(0xff, 30, 60);
  const here: typeof unpackByZlib.deflate = async (...wish) => Promise.resolve(unpackHere.inflate!(...wish));
  for (const deflate of [unpackByZlib.deflate, unpackHere.deflate, here]) {
    await expect(deflate(stored, 99_999, 99_999)).rejects.toThrow();
    for (const wanted of [20_000, bytes.length]) {
      await expect(deflate(damaged, bytes.length, wanted)).rejects.toThrow();
      await expect(deflate(stored.subarray(0, 100), bytes.length, wanted)).rejects.toThrow();
    }
  }
});
