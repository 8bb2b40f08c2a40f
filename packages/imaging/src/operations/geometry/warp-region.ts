import type { Region, Size } from '@tessera/contracts';
import type { Raster, Window } from '../../raster.ts';
import { loadKernels } from '../../simd/kernels.ts';
import { warpVector } from './warp-vectors.ts';
import { warpScalar, type Warp } from './warp.ts';

/**
 * Fetches each pixel of a region from where it is found in the picture, the background beside it, with weights of whole
 * numbers. Colours are weighed by their alpha, so that what is transparent lends no colour.
 */
export function warpRegion(input: Window, region: Region, picture: Size, warp: Warp): Raster {
  const kernels = loadKernels();
  return kernels === null
    ? warpScalar(input, region, picture, warp)
    : warpVector(input, region, picture, warp, kernels);
}
