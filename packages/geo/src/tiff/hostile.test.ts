import { readFile } from 'node:fs/promises';
import { AppError } from '@tessera/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { openRaster } from '../open-raster.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { makeRasters } from './rasters-fixture.ts';

const folder = await makeRasters(['matrix', 'masks', 'nodata', 'places', 'cogs']);
afterAll(() => folder.remove());

const LIMITS = { maxWindowBytes: 2 ** 22, maxBlockBytes: 2 ** 22 };
const MOST_READ = 4 * 2 ** 20;

/** Opens a file and reads all of its levels; gives the code of what went wrong, or `undefined`. */
async function readAll(bytes: Uint8Array): Promise<string | undefined> {
  const source = bytesRange(bytes);
  const read = source.read.bind(source);
  const guarded = {
    ...source,
    read: (start: number, length: number, signal?: AbortSignal) => {
      expect(length).toBeLessThan(MOST_READ);
      return read(start, length, signal);
    },
  };
  try {
    const raster = await openRaster(guarded, { limits: LIMITS });
    const { width, height, overviews } = raster.facts;
    for (const [level, size] of [{ width, height }, ...overviews].entries()) {
      const window = { width: Math.min(size.width, 300), height: Math.min(size.height, 300) };
      await raster.readWindow({ ...window, x: 0, y: 0, level });
      await raster.readWindow({ ...window, x: size.width - window.width, y: size.height - window.height, level });
    }
    return undefined;
  } catch (error) {
    if (!AppError.is(error)) throw error;
    return error.code;
  }
}

/** Whole numbers from 0 to below `most`, the same for the same seed. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const NAMES = [
  'cog-deflate',
  'cog-lzw',
  'cog-mask',
  'mask-overviews',
  'alpha-uint16-4-pixel',
  'described',
  'sparse-int16--1',
  'rotated',
];
const KNOWN = [undefined, 'CORRUPT_RASTER', 'UNSUPPORTED_RASTER', 'BAD_REQUEST'];
const matrix = folder.files.map(({ name }) => name).filter((name) => /^(big-)?(deflate|lzw|zstd|packbits)-/.test(name));

describe('damaged files end in a picture or in an error with a code', () => {
  it.each([...NAMES, ...matrix.filter((_, i) => i % 6 === 0)])('%s', async (name) => {
    const whole = await readFile(folder.path(name));
    expect(await readAll(whole)).toBeUndefined();
    const next = dice(whole.length);
    // Where the header is, every few bytes; beyond it some.
    const cuts = [
      ...Array.from({ length: 40 }, (_, i) => i * 11),
      ...Array.from({ length: 20 }, () => next(whole.length)),
    ];
    for (const end of cuts) {
      const code = await readAll(whole.subarray(0, end));
      expect(KNOWN).toContain(code);
      if (end < 200) expect(code).toBeDefined();
    }
    for (let n = 0; n < 60; n += 1) {
      const bytes = Uint8Array.from(whole);
      const reach = n % 3 === 0 ? whole.length : Math.min(whole.length, 1200);
      for (let flips = 1 + next(4); flips > 0; flips -= 1) bytes[next(reach)] = next(2) === 0 ? 255 : next(256);
      expect(KNOWN).toContain(await readAll(bytes));
    }
  });
});

interface Field {
  readonly tag: number;
  readonly type: 3 | 4;
  readonly values: readonly number[];
}

/** A classic little-endian TIFF of one directory at byte 8; values follow it. */
function tiff(fields: readonly Field[], next = 0): Uint8Array {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, fields.length, true);
  fields.forEach(({ tag, type, values }, i) => {
    const at = 10 + i * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    if (type === 3) view.setUint16(at + 8, values[0] ?? 0, true);
    else view.setUint32(at + 8, values[0] ?? 0, true);
  });
  view.setUint32(10 + fields.length * 12, next, true);
  return bytes;
}

const field = (tag: number, value: number): Field => ({ tag, type: 4, values: [value] });
/** 16 × 16 bytes in one strip at 1024. */
const SMALL = [field(256, 16), field(257, 16), field(258, 8), field(273, 1024), field(278, 16), field(279, 256)];
const small = (changes: Readonly<Record<number, number>>): Field[] => [
  ...SMALL.filter(({ tag }) => changes[tag] === undefined),
  ...Object.entries(changes).map(([tag, value]) => field(Number(tag), value)),
];

describe('headers that ask for too much', () => {
  it('is read as it stands', async () => {
    expect(await readAll(tiff(SMALL))).toBeUndefined();
  });

  it.each<[string, Uint8Array, string]>([
    ['a directory that is its own next', tiff(SMALL, 8), 'CORRUPT_RASTER'],
    ['a width of 4 billion', tiff(small({ 256: 0xffff_ffff })), 'CORRUPT_RASTER'],
    ['more pixels than allowed', tiff(small({ 256: 2 ** 30, 257: 2 ** 30 })), 'UNSUPPORTED_RASTER'],
    ['a strip of 2 GB', tiff(small({ 256: 2 ** 15, 257: 2 ** 16, 278: 2 ** 16, 259: 8 })), 'UNSUPPORTED_RASTER'],
    ['tiles of a billion rows', tiff(small({ 322: 16, 323: 2 ** 30, 324: 1024, 325: 256 })), 'UNSUPPORTED_RASTER'],
    ['60 000 samples', tiff(small({ 277: 60_000 })), 'UNSUPPORTED_RASTER'],
    [
      'too many tiles',
      tiff(small({ 256: 2 ** 20, 257: 2 ** 10, 322: 1, 323: 1, 324: 9, 325: 9 })),
      'UNSUPPORTED_RASTER',
    ],
    ['fewer strips than rows need', tiff(small({ 278: 1 })), 'CORRUPT_RASTER'],
    ['no rows in a strip', tiff(small({ 278: 0 })), 'CORRUPT_RASTER'],
    ['a strip behind the end', tiff(small({ 273: 2 ** 31 })), 'CORRUPT_RASTER'],
    ['a strip of deflate that has 3 GB', tiff(small({ 259: 8, 279: 3e9 })), 'CORRUPT_RASTER'],
    ['an unknown compression', tiff(small({ 259: 34_712 })), 'UNSUPPORTED_RASTER'],
    ['samples of 7 bits', tiff(small({ 258: 7 })), 'UNSUPPORTED_RASTER'],
    ['no size', tiff(SMALL.slice(1)), 'CORRUPT_RASTER'],
    ['no directory', tiff([]), 'CORRUPT_RASTER'],
    ['a picture of another kind', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'UNSUPPORTED_RASTER'],
    ['nothing', new Uint8Array(), 'UNSUPPORTED_RASTER'],
  ])('%s', async (_name, bytes, code) => {
    expect(await readAll(bytes)).toBe(code);
  });

  it('a deflate bomb is cut off at the size of its block', async () => {
    const { deflateSync } = await import('node:zlib');
    const bomb = deflateSync(new Uint8Array(2 ** 26));
    const file = new Uint8Array(1024 + bomb.length);
    file.set(tiff(small({ 259: 8, 279: bomb.length })).subarray(0, 1024));
    file.set(bomb, 1024);
    expect(await readAll(file)).toBe('CORRUPT_RASTER');
  });

  it('a tag of a gigabyte is not read', async () => {
    const bytes = tiff([...SMALL, { tag: 42_112, type: 4, values: [0] }]);
    new DataView(bytes.buffer).setUint32(10 + SMALL.length * 12 + 4, 2 ** 28, true);
    expect(await readAll(bytes)).toBe('CORRUPT_RASTER');
  });
});

describe('windows that are none', () => {
  it.each([
    { x: 0, y: 0, width: 17, height: 16 },
    { x: -1, y: 0, width: 4, height: 4 },
    { x: 0, y: 0, width: 0, height: 4 },
    { x: 0.5, y: 0, width: 4, height: 4 },
    { x: 0, y: 0, width: 4, height: 4, level: 1 },
    { x: 0, y: 0, width: 4, height: 4, bands: [1] },
    { x: 0, y: 0, width: 4, height: 4, bands: [] },
    { x: NaN, y: 0, width: 4, height: 4 },
  ])('%o', async (window) => {
    const raster = await openRaster(bytesRange(tiff(SMALL)));
    await expect(raster.readWindow(window)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
