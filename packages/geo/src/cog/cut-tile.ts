import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { sampleBits, type SampleBits } from './sample-bits.ts';

/**
 * The samples of some bands in the tile whose upper left pixel is (x, y), interleaved. Where the tile reaches beyond the
 * block, the block's last column and row are repeated: that compresses well, and no reader looks there.
 *
 * @param tile where they are written; default: new memory.
 */
export function cutTile(
  block: RasterBlock,
  bands: readonly number[],
  x: number,
  y: number,
  side: number,
  tile: Samples = SAMPLE_TYPES[block.type].samples(side * side * bands.length),
): Samples {
  const target = sampleBits(tile);
  const left = x - block.x;
  const top = y - block.y;
  const span = { width: Math.min(side, block.width - left), side, stride: bands.length };
  const height = Math.min(side, block.height - top);
  const rowLength = side * bands.length;
  for (const [index, band] of bands.entries()) {
    const source = sampleBits(block.bands[band]!);
    for (let row = 0; row < height; row++) {
      const from = (top + row) * block.width + left;
      copyRow(source.subarray(from, from + span.width), target, row * rowLength + index, span);
    }
  }
  for (let row = height; row < side; row++) {
    tile.copyWithin(row * rowLength, (height - 1) * rowLength, height * rowLength);
  }
  return tile;
}

function copyRow(
  row: SampleBits,
  target: SampleBits,
  to: number,
  { width, side, stride }: { readonly width: number; readonly side: number; readonly stride: number },
): void {
  const last = row[width - 1]!;
  if (stride === 1) {
    target.set(row as never, to);
    target.fill(last as never, to + width, to + side);
    return;
  }
  let at = to;
  for (let column = 0; column < width; column++, at += stride) target[at] = row[column]!;
  for (let column = width; column < side; column++, at += stride) target[at] = last;
}
