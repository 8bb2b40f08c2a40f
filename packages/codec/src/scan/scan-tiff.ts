import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { checkChannels, checkFrames, checkPixels, checkWholeImageBytes, corrupt, type Structure } from './structure.ts';
import { readDirectory, type TiffDirectory, type TiffLayout } from './tiff-directory.ts';

/** Tags of TIFF 6.0. */
const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
} as const;
const UNSIGNED_INTEGER = 1;
/** Cyan, magenta, yellow and black: with transparency the one picture of five samples. */
const SEPARATED = 5;
const MOST_SAMPLES = 4;
/** None, CCITT (three kinds), LZW, JPEG, deflate (two numbers), PackBits, WebP. */
const COMPRESSIONS: readonly number[] = [1, 2, 3, 4, 5, 7, 8, 32_946, 32_773, 50_001];
/** Strips or tiles whose offsets and lengths are read at a time: the two arrays lie apart in the file. */
const BATCH = 8192;

/**
 * Walks the chain of directories of a TIFF, classic or big, and reads the first one's facts.
 *
 * @throws AppError CORRUPT_IMAGE (also for a chain that loops), TRUNCATED_IMAGE, UNSUPPORTED_FORMAT (samples that are not
 *   unsigned integers of at most 16 bits, compression that is not read), TOO_MANY_PIXELS, TOO_MANY_FRAMES, TOO_MANY_CHANNELS
 */
export function scanTiff(file: FileBytes, limits: DecodeLimits): Structure {
  const littleEndian = file.text(0, 2) === 'II';
  const big = file.u16(2, littleEndian) === 43;
  const layout: TiffLayout = { littleEndian, big };
  const first = readDirectory(file, big ? file.u64(8, littleEndian) : file.u32(4, littleEndian), layout);
  const structure = readFacts(file, first, limits);
  const seen = new Set([first.offset]);
  for (let next = first.next; next !== 0;) {
    if (seen.has(next)) throw corrupt('the chain of directories loops');
    seen.add(next);
    checkFrames(seen.size, limits);
    next = readDirectory(file, next, layout).next;
  }
  return structure;
}

function readFacts(file: FileBytes, directory: TiffDirectory, limits: DecodeLimits): Structure {
  const width = directory.number(TAG.width) ?? 0;
  const height = directory.number(TAG.height) ?? 0;
  const samples = directory.number(TAG.samplesPerPixel) ?? 1;
  checkPixels(width, height, limits.maxPixels);
  const bits = directory.number(TAG.bitsPerSample) ?? 1;
  // First what is wrong with any TIFF: one that is no picture may still be a raster.
  checkPieces(file, directory, { width, height, bytesPerPixel: samples * Math.ceil(bits / 8) }, limits);
  const isSeparated = directory.number(TAG.photometric) === SEPARATED;
  // Five of any other kind are bands that lie one over another.
  checkChannels(samples, isSeparated ? limits : { maxChannels: Math.min(MOST_SAMPLES, limits.maxChannels) });
  const compression = directory.number(TAG.compression) ?? 1;
  if (!COMPRESSIONS.includes(compression)) {
    throw new AppError('UNSUPPORTED_FORMAT', {
      message: 'This kind of TIFF compression is not read.',
      details: { compression },
    });
  }
  const sampleFormat = directory.number(TAG.sampleFormat) ?? UNSIGNED_INTEGER;
  if (bits > 16 || sampleFormat !== UNSIGNED_INTEGER) {
    throw new AppError('UNSUPPORTED_FORMAT', {
      message: 'Only TIFFs with unsigned samples of up to 16 bits are read.',
      details: { bits, sampleFormat },
    });
  }
  return { format: 'tiff', width, height, progressive: false };
}

interface PixelLayout {
  readonly width: number;
  readonly height: number;
  readonly bytesPerPixel: number;
}

/** Checks that the pieces' sizes make sense, that there are enough of them and that they lie within the file. */
function checkPieces(file: FileBytes, directory: TiffDirectory, layout: PixelLayout, limits: DecodeLimits): void {
  const tiled = directory.has(TAG.tileWidth) || directory.has(TAG.tileOffsets);
  const pieceWidth = tiled ? (directory.number(TAG.tileWidth) ?? 0) : layout.width;
  const pieceHeight = tiled
    ? (directory.number(TAG.tileHeight) ?? 0)
    : Math.min(layout.height, directory.number(TAG.rowsPerStrip) ?? layout.height);
  if (pieceWidth < 1 || pieceHeight < 1) throw corrupt('empty strips or tiles');
  if (tiled) checkWholeImageBytes(pieceWidth * pieceHeight * layout.bytesPerPixel, limits, false);
  const offsets = directory.entry(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const lengths = directory.entry(tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  if (offsets === undefined) throw corrupt('no strips and no tiles');
  const pieces = Math.ceil(layout.width / pieceWidth) * Math.ceil(layout.height / pieceHeight);
  if (offsets.count < pieces) throw corrupt('too few strips or tiles');
  if (lengths === undefined) return;
  if (lengths.count < pieces) throw corrupt('too few strips or tiles');
  for (let from = 0; from < pieces; from += BATCH) {
    const to = Math.min(pieces, from + BATCH);
    const bytes = lengths.values(from, to);
    if (offsets.values(from, to).some((offset, i) => offset + (bytes[i] ?? 0) > file.size)) {
      throw new AppError('TRUNCATED_IMAGE', { details: { reason: 'a strip or tile lies outside the file' } });
    }
  }
}
