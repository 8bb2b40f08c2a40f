import type { Region, Size } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import { hasAlpha } from '../../raster.ts';
import { sideOf } from '../detail/mix-with-blurred.ts';
import { runDeepFilter } from './deep-filter.ts';
import { deepGaussianFilter } from './deep-gaussian.ts';
import { createDeep, MOST, type DeepRaster, type DeepWindow } from './deep-raster.ts';

/** Makes each level anew of what it was and what the Gaussian makes of it; results are cut off, alpha stays. */
export function mixWithDeepBlurred(
  input: DeepWindow,
  region: Region,
  picture: Size,
  sigma: number,
  mix: (level: number, blurred: number) => number,
): DeepRaster {
  const blurred = runDeepFilter(input, region, picture, deepGaussianFilter(sideOf(sigma), sigma)).data;
  const { width, height, channels, data } = crop(input, region);
  const output = createDeep(width, height, channels);
  const target = output.data;
  const alpha = hasAlpha(channels) ? channels - 1 : -1;
  for (let at = 0; at < data.length; at++) {
    const level = data[at]!;
    const mixed = at % channels === alpha ? level : mix(level, blurred[at]!);
    target[at] = mixed < 0 ? 0 : mixed > MOST ? MOST : mixed;
  }
  return output;
}
