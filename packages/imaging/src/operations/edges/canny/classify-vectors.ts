import type { OperationParams } from '@tessera/contracts';
import { colourChannels } from '../../../raster.ts';
import type { VectorFilter } from '../../filter.ts';
import { SOBEL } from '../sobel-kernel.ts';
import { thresholdsOf } from './thresholds.ts';

/** Room for the kernel's weights: twice at most eight of 16 bits. */
const WEIGHT_BYTES = 32;

/** The classes of `classFilter` in vectors. */
export function classifyInVectors(params: OperationParams<'canny'>): VectorFilter {
  const { smooth, derive, divisor } = SOBEL[params.aperture];
  const { low, high } = thresholdsOf(params);
  const weights = [...smooth, 0, ...derive, 0];
  const shift = Math.log2(divisor);
  return {
    // The source split into colours, and rows of sums and gradients: see packages/imaging/assembly/canny.ts.
    scratchBytes: ({ sourceRows, sourceStride }) =>
      WEIGHT_BYTES + 256 + sourceRows * (sourceStride + 96) + 48 * (sourceStride + 32),
    run: (functions, tile, scratch) => {
      const { source, sourceStride, target, targetStride, samples, rows, channels, region, picture } = tile;
      new Int16Array(scratch.buffer, scratch.byteOffset, weights.length).set(weights);
      const edges =
        (region.x === 0 ? 1 : 0) +
        (region.x + region.width === picture.width ? 2 : 0) +
        (region.y === 0 ? 4 : 0) +
        (region.y + region.height === picture.height ? 8 : 0);
      functions.canny(
        ...([source.byteOffset, sourceStride, target.byteOffset, targetStride, samples, rows] as const),
        ...([channels, colourChannels(channels), smooth.length, scratch.byteOffset, shift] as const),
        ...([params.l2 ? 1 : 0, low, high, edges, scratch.byteOffset + WEIGHT_BYTES] as const),
      );
    },
  };
}
