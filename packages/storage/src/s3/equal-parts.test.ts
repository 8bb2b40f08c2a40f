import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { inChunks, readAll, testBytes } from '../contract/test-bytes.ts';
import { startFaultProxy } from '../fault-proxy.ts';
import type { PlannedPart, Segment } from './compose-plan.ts';
import { planEqualParts } from './equal-parts-plan.ts';
import { createS3Store } from './index.ts';

const MEBIBYTE = 1024 * 1024;

const segmentsOf = (part: PlannedPart<number>): readonly Segment<number>[] =>
  part.kind === 'copy' ? [part.segment] : part.segments;
const bytesOf = (segments: readonly Segment<number>[]): string[] =>
  segments.flatMap(({ source, start, end }) =>
    Array.from({ length: end - start }, (_, index) => `${String(source)}:${String(start + index)}`),
  );

test('parts of one length, and a shorter last one, are the concatenation, in order', () => {
  const anySegment = fc.record({ start: fc.nat(30), length: fc.nat(300), isStored: fc.boolean() });
  fc.assert(
    fc.property(fc.array(anySegment, { maxLength: 30 }), fc.integer({ min: 1, max: 80 }), (drawn, upload) => {
      const segments = drawn.map(({ start, length, isStored }, source) => {
        return { source, isStored, start, end: start + length };
      });
      const parts = planEqualParts(segments, { min: 1, upload, max: 10_000, count: 10_000 });
      expect(bytesOf(parts.flatMap(segmentsOf))).toEqual(bytesOf(segments));
      const lengths = parts.map((part) => bytesOf(segmentsOf(part)).length);
      const last = lengths.pop() ?? upload;
      expect(new Set(lengths).difference(new Set([upload]))).toEqual(new Set());
      expect(last).toBeLessThanOrEqual(upload);
      for (const part of parts) if (part.kind === 'copy') expect(part.segment.isStored).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('they grow where there would be too many', () => {
  const end = 25_000 * MEBIBYTE;
  const limits = { min: 5 * MEBIBYTE, upload: 8 * MEBIBYTE, max: 5120 * MEBIBYTE, count: 1000 };
  const parts = planEqualParts([{ source: 0, isStored: true, start: 0, end }], limits);
  const lengths = parts.flatMap(segmentsOf).map((part) => (part.end - part.start) / MEBIBYTE);
  expect(lengths.length).toBeLessThanOrEqual(1000);
  expect(new Set(lengths.slice(0, -1))).toEqual(new Set([32]));
});

test('a store of equal parts composes and puts what it is given', async () => {
  const proxy = await startFaultProxy({ target: inject('s3').endpoint });
  const store = createS3Store({
    ...inject('s3'),
    endpoint: proxy.url,
    forcePathStyle: true,
    prefix: `equal/${randomUUID()}`,
    equalParts: true,
    partBytes: 5 * MEBIBYTE,
  });
  const [long, short] = [testBytes(12 * MEBIBYTE + 1), testBytes(700, 3)];
  await store.put('long', inChunks(long));
  await store.put('short', short);
  await store.compose('made', [{ key: 'long' }, { key: 'short' }, short, { key: 'long' }]);
  expect((await readAll(store, 'made')).equals(Buffer.concat([long, short, short, long]))).toBe(true);
  const numbers = proxy.seen.map(
    ({ method, url }) => (method === 'PUT' && /made.*partNumber=(\d+)/.exec(url)?.[1]) || 0,
  );
  expect(Math.max(...numbers.map(Number))).toBe(Math.ceil((2 * long.length + 2 * short.length) / (5 * MEBIBYTE)));
  await store.delete(['long', 'short', 'made']);
  await store.close();
  await proxy.close();
});
