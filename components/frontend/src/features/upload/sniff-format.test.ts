import { describe, expect, it } from 'vitest';
import { countPixels } from './count-pixels.ts';
import { sniffFormat } from './sniff-format.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Heads of real files: 3 × 2 pixels each, as written by libvips, except where a comment says otherwise. */
const HEADS = {
  png: bytes('89504e470d0a1a0a0000000d494844520000000300000002080200000012160f'),
  // JFIF segment, then a frame header of 2 rows of 3.
  jpeg: bytes('ffd8ffe000104a46494600010101004800480000ffc00011080002000303012200021101031101'),
  gif: bytes('47494638396103000200f00000000000000000'),
  // VP8L, VP8X and VP8 headers.
  webp: bytes('5249464624000000574542505650384c180000002f0240000000000000000000'),
  webpExtended: bytes('524946462400000057454250565038580a00000010000000020000010000'),
  webpLossy: bytes('5249464624000000574542505650382018000000300100' + '9d012a' + '03000200'),
  tiff: bytes('49492a0008000000'),
  bigTiff: bytes('4d4d002b00080000'),
  avif: bytes('0000001c6674797061766966'),
} as const;

describe('sniffFormat', () => {
  it.each([
    ['png', HEADS.png],
    ['jpeg', HEADS.jpeg],
    ['gif', HEADS.gif],
    ['webp', HEADS.webp],
    ['tiff', HEADS.tiff],
    ['tiff', HEADS.bigTiff],
    ['avif', HEADS.avif],
  ])('finds %s', (format, head) => {
    expect(sniffFormat(head)).toBe(format);
  });

  it.each([
    ['empty', ''],
    ['text', '48656c6c6f2c20776f726c64'],
    ['PDF', '255044462d312e37'],
    ['a sound file', '524946462400000057415645'],
  ])('refuses %s', (_, hex) => {
    expect(sniffFormat(bytes(hex))).toBeUndefined();
  });
});

describe('countPixels', () => {
  it.each([
    ['png', HEADS.png],
    ['jpeg', HEADS.jpeg],
    ['gif', HEADS.gif],
    ['webp', HEADS.webp],
    ['webp', HEADS.webpExtended],
    ['webp', HEADS.webpLossy],
  ] as const)('reads the size of a %s file', (format, head) => {
    expect(countPixels(format, head)).toBe(6);
  });

  it('says nothing where the head ends too early', () => {
    for (const format of ['png', 'jpeg', 'gif', 'webp'] as const) {
      expect(countPixels(format, HEADS[format].subarray(0, 9))).toBeUndefined();
    }
  });

  it('says nothing of formats it does not read', () => {
    expect(countPixels('tiff', HEADS.tiff)).toBeUndefined();
  });
});
