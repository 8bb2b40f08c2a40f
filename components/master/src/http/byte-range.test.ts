import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange } from './byte-range.ts';
import { matchesTag, rangeAllowed } from './entity-tag.ts';

test.each([
  [undefined, undefined],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=2-5', { start: 2, end: 6 }],
  ['bytes=5-', { start: 5, end: 10 }],
  ['bytes=5-99', { start: 5, end: 10 }],
  ['bytes=-3', { start: 7, end: 10 }],
  ['bytes=-99', { start: 0, end: 10 }],
  ['Bytes = 1 - 2', { start: 1, end: 3 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=10-12', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [`bytes=${'9'.repeat(40)}-`, 'unsatisfiable'],
  ['bytes=5-2', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['bytes=a-b', undefined],
  ['pages=1-2', undefined],
] as const)('of ten bytes %s is %j', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected);
});

test('an empty file has no range', () => {
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(parseRange('bytes=-1', 0)).toBe('unsatisfiable');
});

test('law: a range is never empty and lies within the file', () => {
  const number = fc.oneof(fc.constant(''), fc.nat(30).map(String));
  fc.assert(
    fc.property(number, number, fc.nat(20), (first, last, size) => {
      const range = parseRange(`bytes=${first}-${last}`, size);
      if (typeof range !== 'object') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThan(range.end);
      expect(range.end).toBeLessThanOrEqual(size);
    }),
  );
});

test('tags: If-None-Match compares weakly and takes lists, If-Range wants the very tag', () => {
  expect(matchesTag(undefined, '"a"')).toBe(false);
  expect(matchesTag('*', '"a"')).toBe(true);
  expect(matchesTag('"b", W/"a"', '"a"')).toBe(true);
  expect(matchesTag('"b"', '"a"')).toBe(false);
  expect(rangeAllowed(undefined, '"a"')).toBe(true);
  expect(rangeAllowed('"a"', '"a"')).toBe(true);
  expect(rangeAllowed('W/"a"', '"a"')).toBe(false);
  expect(rangeAllowed('Sat, 21 Nov 2026 09:43:20 GMT', '"a"')).toBe(false);
});
