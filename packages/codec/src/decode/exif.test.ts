import { expect, test } from 'vitest';
import { exifOfResult, uprightExif } from './exif.ts';

const u16 = (value: number): number[] => [value & 255, value >> 8];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
const entry = (tag: number, type: 3 | 4, value: number): number[] => [
  ...u16(tag),
  ...u16(type),
  ...u32(1),
  ...u32(value),
];
const directory = (next: number, ...entries: number[][]): number[] => [
  ...u16(entries.length),
  ...entries.flat(),
  ...u32(next),
];

/** Orientation 6 and a width; behind it the size as cameras tell it, and a thumbnail of four bytes. */
const BLOCK = Uint8Array.from([
  ...[0x49, 0x49, 42, 0, ...u32(8)],
  ...directory(80, entry(256, 3, 640), entry(274, 3, 6), entry(34_665, 4, 50)),
  ...directory(0, entry(40_962, 3, 640), entry(40_963, 4, 480)),
  ...directory(0, entry(513, 4, 110), entry(514, 4, 4)),
  ...[0xff, 0xd8, 0xff, 0xd9],
]);
const bigEndian = (block: Uint8Array): Uint8Array => {
  const view = new DataView(new Uint8Array(block).buffer);
  const swap16 = (at: number): void => view.setUint16(at, view.getUint16(at, true));
  const swap32 = (at: number): void => view.setUint32(at, view.getUint32(at, true));
  for (const at of [8, 50, 80]) {
    const count = view.getUint16(at, true);
    for (let n = 0; n < count; n += 1) {
      const place = at + 2 + 12 * n;
      const isShort = view.getUint16(place + 2, true) === 3;
      [place, place + 2].forEach(swap16);
      swap32(place + 4);
      if (isShort) swap16(place + 8);
      else swap32(place + 8);
    }
    swap32(at + 2 + 12 * count);
    swap16(at);
  }
  view.setUint32(0, 0x4d4d002a);
  swap32(4);
  return new Uint8Array(view.buffer);
};

test.each([
  ['little-endian', BLOCK, true],
  ['big-endian', bigEndian(BLOCK), false],
])('a %s block tells the size of the result, lies upright, and shows nothing of before', (_, block, little) => {
  const made = exifOfResult(uprightExif(block)!, { width: 70_000, height: 31 })!;
  const view = new DataView(made.buffer, made.byteOffset, made.length);
  const valueOf = (at: number): readonly number[] => {
    const type = view.getUint16(at + 2, little);
    return [view.getUint16(at, little), type === 3 ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little)];
  };
  expect([10, 22, 52, 64].map(valueOf)).toEqual([
    [256, 70_000],
    [274, 1],
    [40_962, 70_000],
    [40_963, 31],
  ]);
  expect(view.getUint32(46, little)).toBe(0);
  expect([...made.subarray(110)]).toEqual([0, 0, 0, 0]);
});

test('what is no block, or ends too early, is nothing', () => {
  const size = { width: 1, height: 1 };
  expect(exifOfResult(Uint8Array.of(1, 2, 3, 4), size)).toBeUndefined();
  for (let length = 0; length < 110; length += 1) {
    const cut = exifOfResult(BLOCK.subarray(0, length), size);
    expect(cut === undefined || cut.length === length).toBe(true);
  }
});
