import type { OperationParams } from '@tessera/contracts';
import { hasAlpha } from '../../raster.ts';
import { LUMA } from '../colour/luma-weights.ts';
import { createDeep, MOST, type DeepRaster } from './deep-raster.ts';

const ONE = 2 ** 15;

/**
 * The weighted sum of colours with weights in 1/2¹⁵, as OpenCV computes the luma of 16 bits; see `grayFilter`. A raster
 * of 1 or 2 channels is given back itself.
 */
export function toDeepGray(input: DeepRaster, weights: OperationParams<'grayscale'> = LUMA): DeepRaster {
  const { width, height, channels, data: source } = input;
  if (channels < 3) return input;
  const red = Math.round(weights.red * ONE);
  const green = Math.round(weights.green * ONE);
  const blue = Math.max(0, Math.round((weights.red + weights.green + weights.blue) * ONE - red - green));
  const output = createDeep(width, height, hasAlpha(channels) ? 2 : 1);
  const { data: target, channels: step } = output;
  for (let from = 0, to = 0; from < source.length; from += channels, to += step) {
    const sum = red * source[from]! + green * source[from + 1]! + blue * source[from + 2]!;
    target[to] = Math.min(MOST, Math.floor((sum + ONE / 2) / ONE));
    if (step === 2) target[to + 1] = source[from + 3]!;
  }
  return output;
}
