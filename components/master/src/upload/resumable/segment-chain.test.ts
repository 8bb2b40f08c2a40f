import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainBytes, longestChain, segmentKey, segmentOf, type Segment } from './segment-chain.ts';

/** Some requests that each stored a run of segments from some offset on, of which some segments may be missing. */
const runs = fc.array(
  fc.record({
    from: fc.nat(60),
    lengths: fc.array(fc.nat(12), { maxLength: 8 }),
    lost: fc.array(fc.nat(8), { maxLength: 2 }),
  }),
  { maxLength: 6 },
);

function segmentsOf(
  drawn: readonly { from: number; lengths: readonly number[]; lost: readonly number[] }[],
): Segment[] {
  return drawn.flatMap(({ from, lengths, lost }, run) => {
    let offset = from;
    return lengths
      .map((bytes, index) => {
        const segment = { key: segmentKey('u', offset, `${run}-${index}`), offset, bytes };
        offset += bytes;
        return segment;
      })
      .filter((_, index) => !lost.includes(index));
  });
}

/** The farthest offset that is reached by any way, found without cleverness. */
function farthest(segments: readonly Segment[]): number {
  const reached = new Set([0]);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { offset, bytes } of segments) if (reached.has(offset)) reached.add(offset + bytes);
  }
  return Math.max(...reached);
}

test('law: a chain begins at the beginning, has no gap, and no other reaches farther', () => {
  fc.assert(
    fc.property(runs, (drawn) => {
      const segments = segmentsOf(drawn);
      const chain = longestChain(segments);
      let at = 0;
      for (const { offset, bytes } of chain) {
        expect(offset).toBe(at);
        at += bytes;
      }
      expect(chainBytes(chain)).toBe(at);
      expect(at).toBe(farthest(segments));
    }),
    { numRuns: 500 },
  );
});

test('law: what else is stored never shortens a chain', () => {
  fc.assert(
    fc.property(runs, runs, (some, more) => {
      const segments = segmentsOf(some);
      expect(chainBytes(longestChain([...segments, ...segmentsOf(more)]))).toBeGreaterThanOrEqual(
        chainBytes(longestChain(segments)),
      );
    }),
  );
});

test('keys tell the offset, and sort by it', () => {
  const offsets = [0, 9, 10, 8_388_608, 2 ** 40];
  const keys = offsets.map((offset) => segmentKey('upload', offset, 'tag'));
  expect(keys.toSorted()).toEqual(keys);
  expect(keys.map((key) => segmentOf(key, 1)?.offset)).toEqual(offsets);
  expect(segmentOf('incoming/upload/other', 1)).toBeUndefined();
});
