import { sharp } from '../sharp.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { rawInput } from '../strip/raw-input.ts';
import { accepted, raster, refused, unsupported, type BadInput } from './bad-input-fixture.ts';

const SHORT = 3;
const LONG = 4;

/** Tag, type, number of values, value or its position. */
type Entry = readonly [tag: number, type: number, count: number, value: number];

const entryBytes = ([tag, type, count, value]: Entry): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  if (type === SHORT && count === 1) bytes.writeUInt16LE(value, 8);
  else bytes.writeUInt32LE(value, 8);
  return bytes;
};

function directory(entries: readonly Entry[], next: number): Buffer {
  const size = Buffer.alloc(2);
  const end = Buffer.alloc(4);
  size.writeUInt16LE(entries.length);
  end.writeUInt32LE(next);
  return Buffer.concat([size, ...entries.map(entryBytes), end]);
}

const HEADER = Buffer.from('49492a0008000000', 'hex');

/** An uncompressed gray picture of 4 × 4 pixels; `changes` replace or add entries by their tags. */
function small(changes: readonly Entry[] = [], next = 0): Buffer {
  const pixels = 200;
  const entries: readonly Entry[] = [
    [256, LONG, 1, 4],
    [257, LONG, 1, 4],
    [258, SHORT, 1, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 1],
    [273, LONG, 1, pixels],
    [277, SHORT, 1, 1],
    [278, LONG, 1, 4],
    [279, LONG, 1, 16],
  ];
  const tags = new Map([...entries, ...changes].map((entry) => [entry[0], entry]));
  const sorted = [...tags.values()].sort((a, b) => a[0] - b[0]);
  const file = Buffer.alloc(pixels + 16, 0x80);
  file.set(Buffer.concat([HEADER, directory(sorted, next)]));
  return file;
}

/** Many directories that share the pixels of the first. */
function pages(count: number): Buffer {
  const entries: readonly Entry[] = [
    [256, LONG, 1, 1],
    [257, LONG, 1, 1],
    [258, SHORT, 1, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 1],
    [273, LONG, 1, 8],
    [277, SHORT, 1, 1],
    [278, LONG, 1, 1],
    [279, LONG, 1, 1],
  ];
  const size = directory(entries, 0).length;
  const all = Array.from({ length: count }, (_, i) => directory(entries, i + 1 < count ? 8 + size * (i + 1) : 0));
  return Buffer.concat([HEADER, ...all]);
}

const photo16 = () => {
  const raster = makePicture(40, 30, 3, 'smooth');
  return sharp(raster.data, rawInput(raster)).toColourspace('rgb16').tiff().toBuffer();
};

const FLOATS: readonly Entry[] = [
  [258, SHORT, 1, 32],
  [339, SHORT, 1, 3],
];

const HUGE = 2 ** 31;

/** TIFFs that ask for too much, loop, divide by zero or point outside themselves. */
export const TIFF_INPUTS: readonly BadInput[] = [
  accepted(33, 'TIFF of 16 bits', photo16),
  raster(33, 'TIFF of 5 bands of gray', 'TOO_MANY_CHANNELS', () => small([[277, SHORT, 1, 5]])),
  raster(33, 'TIFF of 6 channels', 'TOO_MANY_CHANNELS', () => small([[277, SHORT, 1, 6]])),
  raster(33, 'TIFF of floating-point numbers', 'UNSUPPORTED_FORMAT', () => small(FLOATS)),
  refused(33, 'TIFF of floating-point numbers with a strip outside the file', 'TRUNCATED_IMAGE', () =>
    small([...FLOATS, [273, LONG, 1, 0xfffffff0]]),
  ),
  refused(37, 'TIFF whose directory follows itself', 'CORRUPT_IMAGE', () => small([], 8)),
  refused(38, 'TIFF of 2^31 × 2^31', 'TOO_MANY_PIXELS', () =>
    small([
      [256, LONG, 1, HUGE],
      [257, LONG, 1, HUGE],
    ]),
  ),
  refused(39, 'TIFF of 60,000 pages', 'TOO_MANY_FRAMES', () => pages(60_000)),
  accepted(39, 'TIFF of 3 pages', () => pages(3)),
  refused(40, 'TIFF with tiles of no width', 'CORRUPT_IMAGE', () => small([[322, LONG, 1, 0]])),
  refused(40, 'TIFF with strips of no rows', 'CORRUPT_IMAGE', () => small([[278, LONG, 1, 0]])),
  refused(40, 'TIFF with no samples', 'CORRUPT_IMAGE', () => small([[277, SHORT, 1, 0]])),
  refused(40, 'TIFF of no height', 'CORRUPT_IMAGE', () => small([[257, LONG, 1, 0]])),
  refused(40, 'TIFF with a directory outside the file', 'CORRUPT_IMAGE', () => small([], 0xfffffff0)),
  refused(40, 'TIFF with an offset table of 2^32 entries', 'CORRUPT_IMAGE', () =>
    small([[273, LONG, 0xffffffff, 200]]),
  ),
  refused(40, 'TIFF with a strip outside the file', 'TRUNCATED_IMAGE', () => small([[273, LONG, 1, 0xfffffff0]])),
  refused(40, 'TIFF with a strip of 4 GB', 'TRUNCATED_IMAGE', () => small([[279, LONG, 1, 0xffffffff]])),
  refused(40, 'TIFF with tiles of 2^30 pixels', 'TOO_MANY_PIXELS', () =>
    small([
      [322, LONG, 1, 32_768],
      [323, LONG, 1, 32_768],
      [324, LONG, 1, 200],
      [325, LONG, 1, 16],
    ]),
  ),
  refused(40, 'TIFF with fewer strips than rows', 'CORRUPT_IMAGE', () => small([[278, LONG, 1, 1]])),
  refused(40, 'TIFF whose width is a text', 'CORRUPT_IMAGE', () => small([[256, 2, 4, 0x41414141]])),
  unsupported(40, 'TIFF of an unknown compression', () => small([[259, SHORT, 1, 34_999]])),
];
