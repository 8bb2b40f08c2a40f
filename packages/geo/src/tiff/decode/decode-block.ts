import { corruptRaster, unsupportedRaster } from '../../raster/raster-error.ts';
import type { DecodedTile } from '../../raster/place-block.ts';
import type { Workbench } from '../../tiles/workbench.ts';
import type { TiffImage } from '../tiff-image.ts';
import { COMPRESSION, PHOTOMETRIC } from '../tiff-tag.ts';
import type { BlockShape } from './block-shape.ts';
import { decompress, type Unpack } from './decompress.ts';
import { undoDifferences, undoFloatDifferences } from './predictor.ts';
import { wholeJpeg, type DecodeTilePicture } from './tile-picture.ts';
import { undoByVectors } from './undo-by-vectors.ts';
import { ownBytes, viewSamples } from './view-samples.ts';

/** What of decoding is not done here: it depends on where the reader runs. */
export interface BlockDecoders {
  readonly unpack: Unpack;
  /** Without it tiles that are pictures are not read. */
  readonly decodePicture: DecodeTilePicture | undefined;
  /** Without it samples are worked on one by one. */
  readonly workbench?: Workbench | null;
}

/** Rows `from … to - 1` of a block. */
export interface BlockRows {
  readonly from: number;
  readonly to: number;
}

/**
 * Decodes some rows of a block to samples, `width * stride` of each row, interleaved as stored. The bytes given are not
 * changed.
 *
 * @param take is given the samples, which it may not keep.
 * @throws AppError CORRUPT_RASTER, UNSUPPORTED_RASTER
 */
export async function decodeBlock(
  image: TiffImage,
  shape: BlockShape,
  { from, to }: BlockRows,
  stored: Uint8Array,
  { unpack, decodePicture, workbench }: BlockDecoders,
  signal: AbortSignal | undefined,
  take: (tile: DecodedTile) => void,
): Promise<void> {
  const { compression, bits, type, littleEndian, predictor } = image;
  const { rowBytes, stride } = shape;
  if (compression === COMPRESSION.jpeg || compression === COMPRESSION.webp) {
    const pixels = new Uint8Array(await decodeAsPicture(image, shape, stored, decodePicture, signal));
    const perRow = shape.width * stride;
    take({ samples: pixels.subarray(from * perRow, to * perRow) });
    return;
  }
  const bytes = image.reversedBits ? reverseBits(stored) : stored;
  const above = decompress({ compression, unpack }, bytes, rowBytes * to, rowBytes * image.block.height);
  // Waiting only where one has to: what is given at once is not there for long.
  const unpacked = (above instanceof Uint8Array ? above : await above).subarray(from * rowBytes);
  if (predictor === 3 && type !== 'float32' && type !== 'float64')
    throw corruptRaster('a predictor of floating point for other samples');
  const areas = littleEndian && workbench ? undoByVectors(image, shape, unpacked, workbench) : undefined;
  if (areas !== undefined) {
    take({ samples: viewSamples(new Uint8Array(areas.buffer, areas.first, unpacked.length), type), areas });
  } else if (predictor === 3) {
    take({ samples: viewSamples(undoFloatDifferences(unpacked, bits, stride, rowBytes), type) });
  } else if (bits === 1) {
    take({ samples: spreadBits(unpacked, { ...shape, rows: to - from }) });
  } else {
    const own = ownBytes(unpacked, unpacked.buffer === stored.buffer);
    if (!littleEndian) swapBytes(own, bits);
    if (predictor === 2) undoDifferences(own, bits, stride, rowBytes);
    take({ samples: viewSamples(own, type) });
  }
}

async function decodeAsPicture(
  image: TiffImage,
  { width, rows, stride }: BlockShape,
  stored: Uint8Array,
  decodePicture: DecodeTilePicture | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const isJpeg = image.compression === COMPRESSION.jpeg;
  const allowed: readonly number[] = isJpeg ? [1, 3] : [3, 4];
  if (decodePicture === undefined || !allowed.includes(stride))
    throw unsupportedRaster('Tiles of JPEG and WebP with this number of bands are not read.');
  const bytes = isJpeg ? wholeJpeg(stored, image.jpegTables, image.photometric === PHOTOMETRIC.yCbCr) : stored;
  const format = isJpeg ? 'jpeg' : 'webp';
  const pixels = await decodePicture({ format, bytes, width, height: rows, channels: stride, sampleBytes: 1 }, signal);
  if (pixels.length !== width * rows * stride) throw corruptRaster('a tile of another size than its raster says');
  return pixels;
}

/** Samples of one bit, the highest first, as bytes 0 and 1. */
function spreadBits(bytes: Uint8Array, { width, rows, stride, rowBytes }: BlockShape): Uint8Array<ArrayBuffer> {
  const perRow = width * stride;
  const output = new Uint8Array(perRow * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < perRow; i += 1) {
      output[row * perRow + i] = (bytes[row * rowBytes + (i >> 3)]! >> (7 - (i & 7))) & 1;
    }
  }
  return output;
}

function swapBytes(bytes: Uint8Array, bits: number): void {
  const size = bits / 8;
  if (size > 1) for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
    return reversed;
  });
}
