import type { Region, Size } from '@tessera/contracts';
import { createRaster, hasAlpha, type Raster, type Window } from '../../raster.ts';
import { gaussianFilter } from '../blur/gaussian-blur.ts';
import { gaussianKernel } from '../blur/gaussian-kernel.ts';
import { runFilter } from '../filter.ts';

/** Side of the Gaussian that holds 99.7 % of one with this deviation: three to each side. */
export const sideOf = (sigma: number): number => 2 * Math.ceil(3 * sigma) + 1;

/**
 * Makes each level anew of what it was and what the Gaussian makes of it; alpha stays.
 *
 * @param mix gets both levels; its result is cut off at 0 and 255.
 */
export function mixWithBlurred(
  input: Window,
  region: Region,
  picture: Size,
  sigma: number,
  mix: (level: number, blurred: number) => number,
): Raster {
  const blurred = runFilter(input, region, picture, gaussianFilter(gaussianKernel(sideOf(sigma), sigma)));
  const { channels } = blurred;
  const output = createRaster(region.width, region.height, channels);
  const line = region.width * channels;
  const alpha = hasAlpha(channels) ? channels - 1 : -1;
  for (let y = 0; y < region.height; y++) {
    let from = ((region.y - input.y + y) * input.raster.width + region.x - input.x) * channels;
    for (let at = y * line; at < (y + 1) * line; at++, from++) {
      const level = input.raster.data[from]!;
      const mixed = at % channels === alpha ? level : mix(level, blurred.data[at]!);
      output.data[at] = mixed < 0 ? 0 : mixed > 255 ? 255 : mixed;
    }
  }
  return output;
}
