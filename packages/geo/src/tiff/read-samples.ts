import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { placeBlock, type DecodedTile, type Rectangle } from '../raster/place-block.ts';
import { corruptRaster } from '../raster/raster-error.ts';
import { inFlight } from '../source/in-flight.ts';
import { joinRanges } from '../source/join-ranges.ts';
import type { RangeSource } from '../source/range-source.ts';
import { blockShape } from './decode/block-shape.ts';
import { decodeBlock, type BlockDecoders, type BlockRows } from './decode/decode-block.ts';
import { findBlocks, type FoundBlock } from './find-blocks.ts';
import type { HeaderPages } from './header-pages.ts';
import type { TiffImage } from './tiff-image.ts';

/** What reads a TIFF's blocks. */
export interface BlockAccess extends BlockDecoders {
  readonly source: RangeSource;
  readonly pages: HeaderPages;
  /** Reads under way at one time. */
  readonly maxReads: number;
  readonly maxGap: number;
  readonly maxJoined: number;
}

/** Blocks of one read that are decoded at one time. */
const DECODES = 4;

/**
 * Reads a rectangle of some samples of a picture. Besides the rectangle only the reads under way are in memory.
 *
 * @param fill What sparse blocks hold.
 */
export async function readSamples(
  access: BlockAccess,
  image: TiffImage,
  rectangle: Rectangle,
  samples: readonly number[],
  fill: number,
  signal?: AbortSignal,
): Promise<Samples[]> {
  const { x, y, width, height } = rectangle;
  const range = {
    columns: { from: Math.floor(x / image.block.width), to: Math.ceil((x + width) / image.block.width) },
    rows: { from: Math.floor(y / image.block.height), to: Math.ceil((y + height) / image.block.height) },
  };
  const planes = image.planar ? [...new Set(samples)] : [0];
  const blocks = await findBlocks(access.pages, image, range, planes, signal);
  const targets = samples.map(() => SAMPLE_TYPES[image.type].samples(width * height));
  const place = ({ column, row, plane }: FoundBlock, { from, to }: BlockRows, decoded?: DecodedTile): void => {
    const { width, stride } = blockShape(image, row);
    const at = { x: column * image.block.width, y: row * image.block.height + from, width, height: to - from };
    samples.forEach((sample, index) => {
      if (image.planar && sample !== plane) return;
      placeBlock(rectangle, { ...at, ...decoded, stride }, image.planar ? 0 : sample, fill, targets[index]!);
    });
  };
  /**
   * The rows of a block that lie in the rectangle. With its last row in the raster go those that only fill the block up:
   * a block that is read to its end is compared with its checksum.
   */
  const rowsOf = ({ row }: FoundBlock): BlockRows => {
    const top = row * image.block.height;
    const { rows } = blockShape(image, row);
    const to = Math.min(rows, y + height - top);
    return { from: Math.max(0, y - top), to: to >= image.height - top ? rows : to };
  };

  for (const block of blocks) if (block.length === 0 && fill !== 0) place(block, rowsOf(block));
  const reads = joinRanges(
    blocks.filter(({ length }) => length > 0),
    access,
  );
  await inFlight(
    reads,
    access.maxReads,
    async ({ start, length, items }, reading) => {
      const bytes = await access.source.read(start, length, reading);
      await inFlight(
        items,
        DECODES,
        async (block, decoding) => {
          const from = block.start - start;
          if (from + block.length > bytes.length) throw corruptRaster('the file ends within a block');
          const stored = bytes.subarray(from, from + block.length);
          const [shape, rows] = [blockShape(image, block.row), rowsOf(block)];
          await decodeBlock(image, shape, rows, stored, access, decoding, (tile) => place(block, rows, tile));
        },
        reading,
      );
    },
    signal,
  );
  return targets;
}
