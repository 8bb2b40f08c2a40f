import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { sharp } from '../sharp.ts';
import { adlerBytes, combineAdler32 } from '../strip/adler32.ts';
import { adlerOf } from '../strip/adler32-fixture.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { pngChunk, PNG_SIGNATURE } from '../strip/png/chunk.ts';
import { rawInput } from '../strip/raw-input.ts';
import { accepted, refused, undecodable, type BadInput } from './bad-input-fixture.ts';

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colourType?: number;
  readonly interlace?: number;
}

const MEGABYTE = 1_000_000;

/** A zlib stream of zeros: one deflated megabyte, over and over, so that making it takes no time. */
function zeros(bytes: number): Uint8Array {
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  const block = new Uint8Array(MEGABYTE);
  const rest = new Uint8Array(bytes % MEGABYTE);
  const times = Math.floor(bytes / MEGABYTE);
  const blockAdler = adlerOf(block);
  let adler = adlerOf(rest);
  for (let i = 0; i < times; i += 1) adler = combineAdler32(adler, blockAdler);
  const deflated = deflateRawSync(block, options);
  return Buffer.concat([
    Uint8Array.of(0x78, 0x9c),
    deflateRawSync(rest, options),
    ...Array.from({ length: times }, () => deflated),
    Uint8Array.of(3, 0),
    adlerBytes(adler),
  ]);
}

function header({ width, height, depth = 8, colourType = 0, interlace = 0 }: Header): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlace], 8);
  return pngChunk('IHDR', data);
}

const png = (...chunks: readonly Uint8Array[]): Buffer => Buffer.concat([PNG_SIGNATURE, ...chunks, pngChunk('IEND')]);

/** A black picture, complete and valid, whatever its size. */
function black(facts: Header, bitsPerPixel: number): Uint8Array {
  return png(header(facts), pngChunk('IDAT', zeros(scanlineBytes(facts, bitsPerPixel))));
}

/** Column and row of the first pixel and steps of the seven passes (PNG specification, section 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function scanlineBytes({ width, height, interlace = 0 }: Header, bitsPerPixel: number): number {
  const passes = interlace === 0 ? ([[0, 0, 1, 1]] as const) : ADAM7;
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const columns = Math.ceil((width - x) / stepX);
    return sum + Math.ceil((height - y) / stepY) * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  }, 0);
}

const dot = { width: 1, height: 1 };
const pixel = pngChunk('IDAT', deflateSync(Uint8Array.of(0, 0)));
const keyword = Buffer.from('k\0', 'latin1');
/** Chunk types with a body of their own form. */
const ANCILLARY = 'bKGD cHRM eXIf gAMA hIST iCCP iTXt pCAL pHYs sCAL sPLT sRGB tEXt tIME zTXt'.split(' ');

async function photo(): Promise<Buffer> {
  const raster = makePicture(200, 150, 3, 'smooth');
  return sharp(raster.data, rawInput(raster)).png().toBuffer();
}

/** The photo with one byte of its pixels changed, its chunk's CRC left as it was. */
async function withBadCrc(): Promise<Buffer> {
  const file = await photo();
  const data = file.indexOf('IDAT') + 100;
  file[data] = file.readUInt8(data) ^ 1;
  return file;
}

/** PNGs that ask for too much, and broken ones. */
export const PNG_INPUTS: readonly BadInput[] = [
  accepted(17, 'PNG, whatever the client calls it', photo),
  refused(18, 'PNG 50000 × 50000 of 1 bit', 'TOO_MANY_PIXELS', () =>
    black({ width: 50_000, height: 50_000, depth: 1 }, 1),
  ),
  refused(19, 'PNG of 49 megapixels, RGBA of 16 bits, interlaced', 'INTERLACED_TOO_LARGE', () =>
    black({ width: 7000, height: 7000, depth: 16, colourType: 6, interlace: 1 }, 64),
  ),
  refused(20, 'PNG of 256 megapixels, RGB, interlaced', 'INTERLACED_TOO_LARGE', () =>
    black({ width: 16_000, height: 16_000, colourType: 2, interlace: 1 }, 24),
  ),
  accepted(21, 'PNG 1 × 1 with 200 MB of pixel data', () => png(header(dot), pngChunk('IDAT', zeros(200 * MEGABYTE)))),
  accepted(22, 'PNG with 900 compressed texts of 7.9 MB', () => {
    const body = pngChunk('zTXt', keyword, Uint8Array.of(0), zeros(7_900_000));
    return png(header(dot), ...Array.from({ length: 900 }, () => body), pixel);
  }),
  accepted(23, 'PNG with a colour profile of 200 MB', () =>
    png(header(dot), pngChunk('iCCP', keyword, Uint8Array.of(0), zeros(200 * MEGABYTE)), pixel),
  ),
  ...ANCILLARY.map((type) =>
    accepted(23, `PNG with 2 MB of ${type}`, () =>
      png(header(dot), pngChunk(type, new Uint8Array(2 * MEGABYTE)), pixel),
    ),
  ),
  ...ANCILLARY.map((type) =>
    refused(23, `PNG with ${type} of 2 GB announced`, 'CORRUPT_IMAGE', () => {
      const file = png(header(dot), pngChunk(type, new Uint8Array(8)), pixel);
      file.writeUInt32BE(0x7fffffff, file.indexOf(type) - 4);
      return file;
    }),
  ),
  refused(24, 'PNG with a wrong CRC', 'CORRUPT_IMAGE', withBadCrc),
  refused(24, 'PNG cut off', 'CORRUPT_IMAGE', async () => (await photo()).subarray(0, -2000)),
  refused(24, 'PNG of zero width', 'CORRUPT_IMAGE', () => png(header({ width: 0, height: 9 }), pixel)),
  refused(24, 'PNG without pixel data', 'CORRUPT_IMAGE', () => png(header(dot))),
  undecodable(24, 'PNG whose pixel data are no zlib stream', 'CORRUPT_IMAGE', () =>
    png(header(dot), pngChunk('IDAT', Buffer.from('not deflated at all'))),
  ),
];
