import type { Output } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { adlerBytes, combineAdler32, EMPTY_ADLER } from '../adler32.ts';
import { bigEndianPixels } from '../byte-pixels.ts';
import { checkBands, checkCount, requireFact } from '../check-strips.ts';
import type { FileExtras, StripFacts, StripFormat } from '../strip.ts';
import { EMPTY_LAST_BLOCK, ZLIB_HEADER } from '../zlib-stream.ts';
import { pngChunk, PNG_SIGNATURE } from './chunk.ts';
import { compressRows } from './compress-rows.ts';

/** Colour types by number of channels (PNG specification, section 11.2.1). */
const COLOUR_TYPES: Readonly<Record<number, number>> = { 1: 0, 2: 4, 3: 2, 4: 6 };
/** Rendering intent "perceptual" of the sRGB chunk. */
const PERCEPTUAL = Uint8Array.of(0);

/**
 * PNG by bands. Each strip is one complete IDAT chunk of raw deflate that ends on a byte boundary with no last block, so
 * chunks follow one another; a first IDAT opens the zlib stream and a last one closes it with the combined Adler-32.
 */
export const pngFormat: StripFormat = {
  encode(raster) {
    const { deflated, adler } = compressRows(bigEndianPixels(raster));
    const bytes = pngChunk('IDAT', ...deflated);
    return Promise.resolve({ bytes, facts: { bytes: bytes.length, adler } });
  },

  assemble(strips, grid, output, extras = {}) {
    checkCount(strips, grid, output);
    checkBands(grid, output);
    return [header(output, extras), ...strips.map((_, strip) => ({ strip })), trailer(strips)];
  },
};

function header(output: Output, extras: FileExtras): Uint8Array {
  const colourType = COLOUR_TYPES[output.channels];
  if (colourType === undefined)
    throw new AppError('INTERNAL', { message: `A PNG can't hold ${output.channels} channels.` });
  const facts = new Uint8Array(13);
  const view = new DataView(facts.buffer);
  view.setUint32(0, output.width);
  view.setUint32(4, output.height);
  facts.set([output.depth ?? 8, colourType, 0, 0, 0], 8);
  const chunks = [pngChunk('IHDR', facts), pngChunk('sRGB', PERCEPTUAL)];
  if (extras.exif !== undefined) chunks.push(pngChunk('eXIf', extras.exif));
  return Buffer.concat([PNG_SIGNATURE, ...chunks, pngChunk('IDAT', ZLIB_HEADER)]);
}

function trailer(strips: readonly StripFacts[]): Uint8Array {
  const adler = strips.reduce((sum, { adler: next }) => combineAdler32(sum, requireFact(next, 'adler')), EMPTY_ADLER);
  return Buffer.concat([pngChunk('IDAT', EMPTY_LAST_BLOCK, adlerBytes(adler)), pngChunk('IEND')]);
}
