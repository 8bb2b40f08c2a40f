import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collect, testBytes } from '../contract/test-bytes.ts';
import { bodyParts } from './body-parts.ts';
import { PartMemory } from './part-memory.ts';
import { partSize } from './part-size.ts';

async function* chunksOf(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const cut of cuts.toSorted((a, b) => a - b)) {
    await Promise.resolve();
    yield bytes.subarray(start, cut);
    start = cut;
  }
  yield bytes.subarray(start);
}

test('parts have the size asked for, follow each other, and are the body', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(3000),
      fc.array(fc.nat(3000)),
      fc.integer({ min: 1, max: 500 }),
      async (length, cuts, size) => {
        const bytes = testBytes(length);
        const sizeOf = (number: number): number => size + number;
        const parts = await collect(bodyParts(chunksOf(bytes, cuts), sizeOf, new PartMemory()));
        expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
        expect(parts.map((part) => part.number)).toEqual(parts.map((_, index) => index + 1));
        for (const [index, part] of parts.entries()) {
          expect(part.isLast).toBe(index === parts.length - 1);
          if (!part.isLast) expect(part.bytes).toHaveLength(sizeOf(part.number));
          else if (length > 0) expect(part.bytes.length).toBeGreaterThan(0);
        }
      },
    ),
  );
});

test('parts do not share memory', async () => {
  const parts = await collect(bodyParts(chunksOf(testBytes(1000), []), () => 100, new PartMemory()));
  parts[0]?.bytes.fill(0);
  expect(Buffer.concat(parts.slice(1).map((part) => part.bytes)).equals(testBytes(1000).subarray(100))).toBe(true);
});

test('10 000 growing parts hold more than 400 GiB, an 10 001st is refused', () => {
  const first = 8 * 1024 * 1024;
  let bytes = 0;
  for (let number = 1; number <= 10_000; number += 1) bytes += partSize(first, number);
  expect(bytes).toBeGreaterThan(400 * 1024 ** 3);
  expect(() => partSize(first, 10_001)).toThrow(expect.objectContaining({ code: 'FILE_TOO_LARGE' }) as Error);
});
