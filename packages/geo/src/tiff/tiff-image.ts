import type { SampleType } from '@tessera/contracts';
import { corruptRaster, unsupportedRaster } from '../raster/raster-error.ts';
import type { RasterLimits } from '../raster/raster-limits.ts';
import type { TagReader } from './tag-reader.ts';
import type { TiffEntry } from './tiff-directory.ts';
import { COMPRESSION, PHOTOMETRIC, TAG } from './tiff-tag.ts';

/** One picture of a TIFF: how its samples are stored. */
export interface TiffImage {
  readonly width: number;
  readonly height: number;
  /** Bits of NewSubfileType: 1 a smaller copy, 4 a mask. */
  readonly subfile: number;
  /** Samples of a pixel. */
  readonly samples: number;
  /** What follows the colours: 1 and 2 are alpha. */
  readonly extraSamples: readonly number[];
  /** Type of the samples in memory; those of one bit become bytes. */
  readonly type: SampleType;
  readonly bits: 1 | 8 | 16 | 32 | 64;
  readonly littleEndian: boolean;
  /** Each sample has blocks of its own. */
  readonly planar: boolean;
  readonly compression: number;
  readonly predictor: 1 | 2 | 3;
  readonly photometric: number;
  /** Bits in bytes begin with the lowest. */
  readonly reversedBits: boolean;
  readonly jpegTables: Uint8Array | undefined;
  /** Tiles, or strips as blocks as wide as the picture. */
  readonly block: { readonly width: number; readonly height: number };
  readonly tiled: boolean;
  readonly across: number;
  readonly down: number;
  readonly offsets: TiffEntry;
  /** Missing where old writers of uncompressed strips left it out. */
  readonly counts: TiffEntry | undefined;
  /** The file has one uncompressed strip, which is read as if it were several. */
  readonly chopped: boolean;
}

const TYPES: Readonly<Record<string, SampleType>> = {
  ...{ '1:1': 'uint8', '8:1': 'uint8', '16:1': 'uint16', '32:1': 'uint32' },
  ...{ '8:2': 'int8', '16:2': 'int16', '32:2': 'int32', '32:3': 'float32', '64:3': 'float64' },
};
const PREDICTED: readonly number[] = [COMPRESSION.lzw, COMPRESSION.deflate, COMPRESSION.oldDeflate, COMPRESSION.zstd];
const COMPRESSIONS: readonly number[] = Object.values(COMPRESSION);
/** Bytes of the strips into which one uncompressed strip of a whole picture is divided. */
const CHOPPED_BYTES = 512 * 1024;

/**
 * Understands a directory.
 *
 * @throws AppError CORRUPT_RASTER, UNSUPPORTED_RASTER, TOO_MANY_PIXELS
 */
export async function readTiffImage(
  tags: TagReader,
  littleEndian: boolean,
  limits: RasterLimits,
  signal?: AbortSignal,
): Promise<TiffImage> {
  const number = (tag: number): Promise<number | undefined> => tags.number(tag, signal);
  const width = await number(TAG.imageWidth);
  const height = await number(TAG.imageLength);
  if (!isCount(width) || !isCount(height)) throw corruptRaster('a picture without a size');
  const samples = (await number(TAG.samplesPerPixel)) ?? 1;
  if (!isCount(samples)) throw corruptRaster('pixels without samples');
  if (samples > limits.maxSamples) throw unsupportedRaster('The raster has more bands than this site reads.');
  const { bits, type } = await readType(tags, signal);

  const compression = (await number(TAG.compression)) ?? COMPRESSION.none;
  if (!COMPRESSIONS.includes(compression))
    throw unsupportedRaster(`The raster is compressed in a way that is not read (${compression}).`);
  // Other compressions know of no predictor, whatever the tag says.
  const predictor = PREDICTED.includes(compression) ? ((await number(TAG.predictor)) ?? 1) : 1;
  if (predictor !== 1 && predictor !== 2 && predictor !== 3) throw corruptRaster(`predictor ${predictor}`);
  const photometric = (await number(TAG.photometric)) ?? 1;
  const isPicture = compression === COMPRESSION.jpeg || compression === COMPRESSION.webp;
  if (photometric === PHOTOMETRIC.yCbCr && !isPicture)
    throw unsupportedRaster('Colours as YCbCr are read only from JPEG.');
  if (isPicture && bits !== 8) throw unsupportedRaster('Tiles of JPEG and WebP are read with 8 bits only.');

  const planar = (await number(TAG.planarConfiguration)) === 2 && samples > 1;
  const grid = await readGrid(tags, width, height, signal);
  const rowBytes = Math.ceil((grid.block.width * bits * (planar ? 1 : samples)) / 8);
  const offsets = tags.entry(grid.tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = tags.entry(grid.tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  if (offsets === undefined) throw corruptRaster('a picture without offsets');

  const wholeBytes = rowBytes * grid.block.height;
  const chopped =
    !grid.tiled && grid.block.height === height && compression === COMPRESSION.none && wholeBytes > CHOPPED_BYTES;
  const block = chopped ? { width, height: Math.max(1, Math.floor(CHOPPED_BYTES / rowBytes)) } : grid.block;
  if (rowBytes * block.height > limits.maxBlockBytes)
    throw unsupportedRaster('The tiles or strips of the raster are too large.');
  const across = Math.ceil(width / block.width);
  const down = Math.ceil(height / block.height);
  const planes = planar ? samples : 1;
  if (width * height > limits.maxPixels || across * down * planes > limits.maxBlocks)
    throw unsupportedRaster('The raster has more pixels or tiles than this site reads.');
  const stored = chopped ? planes : across * down * planes;
  if (offsets.count < stored || (counts !== undefined && counts.count < stored))
    throw corruptRaster('fewer blocks than the picture needs');
  if (counts === undefined && compression !== COMPRESSION.none) throw corruptRaster('blocks without lengths');

  return {
    ...{ width, height, samples, bits, type, littleEndian, planar, compression, predictor, photometric },
    ...{ block, tiled: grid.tiled, across, down, offsets, counts, chopped },
    subfile: (await number(TAG.newSubfileType)) ?? 0,
    extraSamples: await tags.numbers(TAG.extraSamples, signal),
    reversedBits: (await number(TAG.fillOrder)) === 2 && !isPicture,
    jpegTables: compression === COMPRESSION.jpeg ? await tags.bytes(TAG.jpegTables, signal) : undefined,
  };
}

async function readType(tags: TagReader, signal: AbortSignal | undefined): Promise<Pick<TiffImage, 'bits' | 'type'>> {
  const bits = await tags.numbers(TAG.bitsPerSample, signal);
  const formats = await tags.numbers(TAG.sampleFormat, signal);
  const [first = 1] = bits;
  // 4 is "undefined", which all take for unsigned.
  const format = formats[0] === undefined || formats[0] === 4 ? 1 : formats[0];
  const type = TYPES[`${first}:${format}`];
  if (type === undefined || bits.some((other) => other !== first) || formats.some((other) => other !== formats[0]))
    throw unsupportedRaster('The raster has samples of a type that is not read.');
  return { bits: first as TiffImage['bits'], type };
}

interface Grid {
  readonly block: { readonly width: number; readonly height: number };
  readonly tiled: boolean;
}

async function readGrid(
  tags: TagReader,
  width: number,
  height: number,
  signal: AbortSignal | undefined,
): Promise<Grid> {
  const tileWidth = await tags.number(TAG.tileWidth, signal);
  const tileLength = await tags.number(TAG.tileLength, signal);
  if (tileWidth !== undefined || tileLength !== undefined) {
    if (!isCount(tileWidth) || !isCount(tileLength)) throw corruptRaster('tiles without a size');
    return { block: { width: tileWidth, height: tileLength }, tiled: true };
  }
  const rows = (await tags.number(TAG.rowsPerStrip, signal)) ?? height;
  if (!isCount(rows)) throw corruptRaster('strips without rows');
  return { block: { width, height: Math.min(rows, height) }, tiled: false };
}

/** A positive whole number of at most 31 bits. */
function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
