import type { Nodata } from '@tessera/contracts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { averagePixels } from './average-pixels.ts';
import type { CogLayout } from './cog-layout.ts';
import { commonPixels } from './common-pixels.ts';

/** What decides which samples count. */
export interface Validity {
  readonly nodata: Nodata | null;
  /** The alpha band: pixels where it is 0 do not count in any band. */
  readonly alpha: Samples | undefined;
}

/**
 * A block of the next coarser level: each pixel from the 2 × 2 pixels that it covers, fewer at the raster's right and
 * bottom edge. The block must begin at even pixels, and end at them or at the raster's edge; then it makes no difference
 * how the raster was divided into blocks.
 */
export function halveBlock(
  block: RasterBlock,
  layout: Pick<CogLayout, 'resampling' | 'nodata' | 'alpha'>,
): RasterBlock {
  const size = { width: Math.ceil(block.width / 2), height: Math.ceil(block.height / 2) };
  const validity = { nodata: layout.nodata, alpha: layout.alpha ? block.bands.at(-1) : undefined };
  const bands = block.bands.map((samples) => {
    const target = SAMPLE_TYPES[block.type].samples(size.width * size.height);
    if (layout.resampling === 'nearest') upperLeftPixels(samples, block, target);
    else if (layout.resampling === 'mode') commonPixels(samples, block, validity, target);
    else averagePixels(samples, block, validity, target);
    return target;
  });
  return { ...block, ...size, x: block.x / 2, y: block.y / 2, bands, valid: bands.map(() => undefined) };
}

function upperLeftPixels(source: Samples, { width, height }: RasterBlock, target: Samples): void {
  for (let y = 0, to = 0; y < height; y += 2) {
    for (let from = y * width, end = from + width; from < end; from += 2) target[to++] = source[from]!;
  }
}
