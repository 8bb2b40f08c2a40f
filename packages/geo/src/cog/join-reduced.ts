import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { CogLayout } from './cog-layout.ts';
import type { PieceRegion } from './piece-region.ts';

/**
 * The samples of a region, put together from reduced blocks that cover it.
 *
 * @throws AppError INTERNAL if they do not cover it exactly once.
 */
export function joinReduced(layout: CogLayout, region: PieceRegion, blocks: Iterable<RasterBlock>): RasterBlock {
  const { x, y, width, height } = region;
  const bands = Array.from({ length: layout.bands }, () => SAMPLE_TYPES[layout.type].samples(width * height));
  let missing = width * height;
  for (const block of blocks) {
    const left = Math.max(x, block.x);
    const columns = Math.min(x + width, block.x + block.width) - left;
    const top = Math.max(y, block.y);
    const bottom = Math.min(y + height, block.y + block.height);
    if (columns <= 0 || bottom <= top) continue;
    missing -= columns * (bottom - top);
    for (const [index, band] of bands.entries()) {
      for (let row = top; row < bottom; row++) {
        const from = (row - block.y) * block.width + left - block.x;
        band.set(block.bands[index]!.subarray(from, from + columns), (row - y) * width + left - x);
      }
    }
  }
  if (missing !== 0) throw new AppError('INTERNAL', { message: 'The reduced blocks do not cover the region once.' });
  return { x, y, width, height, type: layout.type, bands, valid: bands.map(() => undefined) };
}
