import type { Region, Size } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import { hasAlpha, type Raster, type Window } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { recycle, unwrittenRaster } from '../../spare-memory.ts';
import { gaussianFilter } from '../blur/gaussian-blur.ts';
import { gaussianKernel } from '../blur/gaussian-kernel.ts';
import { runFilter } from '../filter.ts';

/** Side of the Gaussian that holds 99.7 % of one with this deviation: three to each side. */
export const sideOf = (sigma: number): number => 2 * Math.ceil(3 * sigma) + 1;

/** How a level is made of what it was and what the Gaussian makes of it. */
export interface Mix {
  /** The result is cut off at 0 and 255. */
  readonly scalar: (level: number, blurred: number) => number;
  /** The same in vectors, but where the mask of 48 bytes, which are repeated, has zeros: there levels stay. */
  readonly vector: (
    functions: Kernels['functions'],
    source: number,
    blurred: number,
    target: number,
    bytes: number,
    masks: number,
  ) => void;
}

/** Makes each level anew of what it was and what the Gaussian makes of it; alpha stays. */
export function mixWithBlurred(input: Window, region: Region, picture: Size, sigma: number, mix: Mix): Raster {
  const blurred = runFilter(input, region, picture, gaussianFilter(gaussianKernel(sideOf(sigma), sigma)));
  const levels = crop(input, region);
  const mixed = mixRasters(levels, blurred, mix);
  recycle(blurred);
  recycle(levels);
  return mixed;
}

/** Mixes two pictures of one size, in vectors where there are any. Alpha is that of the first. */
export function mixRasters(levels: Raster, blurred: Raster, mix: Mix): Raster {
  const kernels = loadKernels();
  return kernels === null ? mixScalar(levels, blurred, mix) : mixVector(levels, blurred, mix, kernels);
}

/** Mixes two pictures of one size in plain arithmetic. */
export function mixScalar(levels: Raster, blurred: Raster, { scalar }: Mix): Raster {
  const { width, height, channels, data } = levels;
  const output = unwrittenRaster(width, height, channels);
  const alpha = hasAlpha(channels) ? channels - 1 : -1;
  for (let at = 0; at < data.length; at++) {
    const level = data[at]!;
    const mixed = at % channels === alpha ? level : scalar(level, blurred.data[at]!);
    output.data[at] = mixed < 0 ? 0 : mixed > 255 ? 255 : mixed;
  }
  return output;
}

/** Bytes after which the channels of a vector repeat themselves, for every number of channels. */
const PERIOD = 48;
/** Bytes that are worked on at once, a multiple of the period: they stay in the second-level cache. */
const CHUNK = PERIOD << 11;
/** Bytes that vectors may read and write beyond the last one. */
const SLACK = 64;

/** Mixes two pictures of one size in vectors. */
export function mixVector(levels: Raster, blurred: Raster, { vector }: Mix, kernels: Kernels): Raster {
  const { width, height, channels, data } = levels;
  const output = unwrittenRaster(width, height, channels);
  const alpha = hasAlpha(channels) ? channels - 1 : -1;
  const areas = kernels.allocate([CHUNK + SLACK, CHUNK + SLACK, CHUNK + SLACK, PERIOD]);
  const [source, other, target, masks] = [areas[0]!, areas[1]!, areas[2]!, areas[3]!];
  for (let at = 0; at < PERIOD; at++) masks[at] = at % channels === alpha ? 0 : 255;
  for (let first = 0; first < data.length; first += CHUNK) {
    const bytes = Math.min(CHUNK, data.length - first);
    source.set(data.subarray(first, first + bytes));
    other.set(blurred.data.subarray(first, first + bytes));
    vector(kernels.functions, source.byteOffset, other.byteOffset, target.byteOffset, bytes, masks.byteOffset);
    output.data.set(target.subarray(0, bytes), first);
  }
  return output;
}
