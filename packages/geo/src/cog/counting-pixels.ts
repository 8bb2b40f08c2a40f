import type { Samples } from '../raster/sample-type.ts';
import type { Validity } from './halve-block.ts';

/** Tells per sample whether it counts; `undefined` where all do. */
export function countingPixels(samples: Samples, { nodata, alpha }: Validity): ((at: number) => boolean) | undefined {
  if (alpha !== undefined) return (at) => alpha[at] !== 0;
  if (nodata === null) return undefined;
  if (nodata === 'nan') return (at) => !Number.isNaN(samples[at]);
  const value = samples instanceof Float32Array ? Math.fround(nodata) : nodata;
  return (at) => samples[at] !== value;
}

/** What stands where nothing counts. */
export function emptyPixel({ nodata, alpha }: Validity): number {
  if (alpha !== undefined || nodata === null) return 0;
  return nodata === 'nan' ? NaN : nodata;
}
