import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';
import { formatDuration, formatEta } from './duration.ts';
import { formatMegapixels, formatSize, shortenHash } from './pixels.ts';

const plain = (text: string | undefined): string | undefined => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [31_240_000, '31.2 MB'],
    [999_600, '1.0 MB'],
    [123_456_789, '123 MB'],
    [7_000_000_000, '7.0 GB'],
  ])('writes %d', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0.04, '0.0 s'],
    [4.16, '4.2 s'],
    [9.97, '10 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('writes %d', (seconds, text) => {
    expect(plain(formatDuration(seconds))).toBe(text);
  });
});

describe('formatEta', () => {
  it.each([
    [null, undefined],
    [Number.NaN, undefined],
    [0, 'a moment left'],
    [4, 'about 5 s left'],
    [57, 'about 55 s left'],
    [58, 'about 1 min left'],
    [200, 'about 3 min left'],
    [3590, 'about 1.0 h left'],
  ])('writes %s', (seconds, text) => {
    expect(plain(formatEta(seconds))).toBe(text);
  });
});

describe('sizes', () => {
  it('groups thousands', () => {
    expect(plain(formatSize(12000, 900))).toBe('12 000 × 900');
  });
  it.each([
    [10, 10, '< 0.1 MP'],
    [640, 427, '0.3 MP'],
    [12000, 12000, '144 MP'],
  ])('writes %d × %d in megapixels', (width, height, text) => {
    expect(plain(formatMegapixels(width, height))).toBe(text);
  });
});

describe('shortenHash', () => {
  it('keeps both ends', () => {
    expect(shortenHash('0123456789abcdef', 4)).toBe('0123…cdef');
    expect(shortenHash('abcd')).toBe('abcd');
  });
});
