import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planParts, s3Limits, type PlannedPart, type Segment } from './compose-plan.ts';

const anySegments = fc
  .array(fc.record({ start: fc.nat(30), length: fc.nat(400), isStored: fc.boolean() }), { maxLength: 40 })
  .map((drawn) =>
    drawn.map(({ start, length, isStored }, source) => ({ source, isStored, start, end: start + length })),
  );

const anyLimits = fc.record({ min: fc.integer({ min: 1, max: 40 }), more: fc.nat(30), factor: fc.nat(3) });

/** Every byte as "source:offset". */
function bytesOf(segments: readonly Segment<number>[]): string[] {
  return segments.flatMap(({ source, start, end }) =>
    Array.from({ length: end - start }, (_, index) => `${source}:${start + index}`),
  );
}

const segmentsOf = (part: PlannedPart<number>): readonly Segment<number>[] =>
  part.kind === 'copy' ? [part.segment] : part.segments;
const sizeOf = (part: PlannedPart<number>): number => bytesOf(segmentsOf(part)).length;

test('parts are the concatenation, in order, within the limits', () => {
  fc.assert(
    fc.property(anySegments, anyLimits, (segments, { min, more, factor }) => {
      const limits = { min, upload: min + more, max: min * (2 + factor), count: 10_000 };
      const parts = planParts(segments, limits);
      expect(bytesOf(parts.flatMap(segmentsOf))).toEqual(bytesOf(segments));
      for (const [index, part] of parts.entries()) {
        const size = sizeOf(part);
        expect(size).toBeGreaterThanOrEqual(index === parts.length - 1 ? 1 : min);
        expect(size).toBeLessThanOrEqual(part.kind === 'copy' ? limits.max : limits.upload);
        if (part.kind === 'upload') expect(part.bytes).toBe(size);
        else expect(part.segment.isStored).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('of a stored segment at most the bytes of one smallest part are uploaded, if the rest is long enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(100), fc.nat(500), (min, before, length) => {
      const segments = [
        { source: 0, isStored: false, start: 0, end: before },
        { source: 1, isStored: true, start: 0, end: 2 * min + length },
      ];
      const parts = planParts(segments, { min, upload: min, max: 1000 * min, count: 10_000 });
      const uploaded = parts.filter((part) => part.kind === 'upload').flatMap(segmentsOf);
      expect(
        uploaded.filter(({ source }) => source === 1).reduce((sum, { start, end }) => sum + end - start, 0),
      ).toBeLessThan(min);
    }),
  );
});

test('never more parts than allowed', () => {
  const segments = Array.from({ length: 25_000 }, (_, source) => ({
    source,
    isStored: true,
    start: 0,
    end: 6 * 1024 * 1024,
  }));
  const parts = planParts(segments, s3Limits(8 * 1024 * 1024));
  expect(parts.length).toBeLessThanOrEqual(10_000);
});

test('a long object is copied in equal pieces of at most 5 GiB', () => {
  const end = 11 * 1024 ** 3;
  const parts = planParts([{ source: 0, isStored: true, start: 0, end }], s3Limits(8 * 1024 * 1024));
  expect(parts.map((part) => part.kind)).toEqual(['copy', 'copy', 'copy']);
});
