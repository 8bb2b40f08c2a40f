import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workbench } from './workbench.ts';

const { constants } = zlib;

/** Bytes of many kinds: how many values occur, and how often of 256 one follows itself or a byte before it. */
const streams = fc
  .record({
    length: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40_000 })),
    seed: fc.integer(),
    spread: fc.constantFrom(1, 2, 5, 40, 256),
    skew: fc.boolean(),
    repeat: fc.constantFrom(0, 60, 250),
    distance: fc.constantFrom(1, 2, 7, 16, 300, 30_000),
    level: fc.constantFrom(0, 1, 4, 9),
    strategy: fc.constantFrom(
      ...[constants.Z_DEFAULT_STRATEGY, constants.Z_RLE, constants.Z_HUFFMAN_ONLY, constants.Z_FIXED],
    ),
    memLevel: fc.constantFrom(1, 9),
  })
  .map(({ length, seed, spread, skew, repeat, distance, ...options }) => {
    let state = seed;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >>> 24;
    };
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      const sample = (skew ? (random() * random() * random()) >> 16 : random()) % spread;
      bytes[at] = random() < repeat ? (bytes[at - distance] ?? 0) : sample;
    }
    return { bytes, stored: new Uint8Array(zlib.deflateSync(bytes, options)) };
  });

describe('inflating on the bench', () => {
  const bench = workbench();
  if (bench === null) throw new Error('this machine has no vectors');

  it('gives what was deflated', () => {
    fc.assert(
      fc.property(streams, ({ bytes, stored }) => {
        const inflated = bench.inflate(stored, bytes.length, bytes.length);
        expect(Buffer.from(inflated!).equals(bytes)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the beginning where that is all that is wanted', () => {
    fc.assert(
      fc.property(streams, fc.double({ min: 0, max: 1, noNaN: true }), ({ bytes, stored }, share) => {
        const wanted = Math.floor(bytes.length * share);
        const inflated = bench.inflate(stored, bytes.length, wanted)!;
        expect(inflated.length).toBeGreaterThanOrEqual(wanted);
        expect(Buffer.from(inflated.subarray(0, wanted)).equals(bytes.subarray(0, wanted))).toBe(true);
      }),
    );
  });

  it('refuses what zlib refuses, and nothing else', () => {
    const damages = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { maxLength: 3 });
    fc.assert(
      fc.property(streams, damages, fc.double({ min: 0, max: 1 }), fc.boolean(), (stream, changes, share, isCut) => {
        const { bytes } = stream;
        const stored = stream.stored.slice(0, isCut ? stream.stored.length * (share || 0) : undefined);
        // Mostly in what tells the codes.
        for (const { at, bit } of changes) stored[at % Math.min(stored.length, 90)]! ^= 1 << bit;
        const theirs = attempt(() => zlib.inflateSync(stored, { maxOutputLength: Math.max(1, bytes.length) }));
        const ours = attempt(() => Buffer.from(bench.inflate(stored, bytes.length, bytes.length)!));
        expect(ours?.equals(theirs ?? bytes.slice(0, -1)) ?? 'refused').toBe(theirs === undefined ? 'refused' : true);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses more than is allowed, and leaves alone what is too large', () => {
    const stored = zlib.deflateSync(new Uint8Array(100_000));
    expect(() => bench.inflate(stored, 99_999, 99_999)).toThrow();
    expect(bench.inflate(stored, 2 ** 25, 2 ** 25)).toBeUndefined();
  });
});

function attempt(run: () => Buffer): Buffer | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
