import type { Region, Size } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import { hasAlpha } from '../../raster.ts';
import { resampleNeeds } from '../geometry/resample.ts';
import { tapsOfSide, WEIGHT_BITS, type ResizeKernel, type Taps } from '../geometry/resample-weights.ts';
import { createDeep, MOST, type DeepRaster, type DeepWindow } from './deep-raster.ts';

const ONE = 2 ** WEIGHT_BITS;

/** As for 8 bits, see `resample`; sums of levels times weights are exact in floating point numbers. */
export function resampleDeep(
  input: DeepWindow,
  region: Region,
  picture: Size,
  size: Size,
  kernel: ResizeKernel,
): DeepRaster {
  const isSame = picture.width === size.width && picture.height === size.height;
  const weighed = hasAlpha(input.raster.channels) && kernel !== 'nearest' && !isSame;
  const from = resampleNeeds(region, picture, size, kernel);
  let raster = crop(input, from);
  if (weighed) multiplyByAlpha(raster);
  const columns = tapsOfSide(region.x, region.width, picture.width, size.width, kernel);
  if (columns !== undefined) raster = across(raster, columns, from.x);
  const rows = tapsOfSide(region.y, region.height, picture.height, size.height, kernel);
  if (rows !== undefined) raster = down(raster, rows, from.y);
  if (weighed) divideByAlpha(raster);
  return raster;
}

function multiplyByAlpha({ channels, data }: DeepRaster): void {
  const last = channels - 1;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = data[at + last]!;
    for (let c = 0; c < last; c++) data[at + c] = Math.floor((2 * data[at + c]! * alpha + MOST) / (2 * MOST));
  }
}

function divideByAlpha({ channels, data }: DeepRaster): void {
  const last = channels - 1;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = data[at + last]!;
    if (alpha === 0 || alpha === MOST) continue;
    for (let c = 0; c < last; c++) data[at + c] = Math.min(MOST, Math.floor((MOST * data[at + c]!) / alpha));
  }
}

const level = (sum: number): number => (sum < 0 ? 0 : Math.min(MOST, Math.floor(sum / ONE)));

/** Every row by itself. */
function across({ width, height, channels, data }: DeepRaster, taps: readonly Taps[], left: number): DeepRaster {
  const made = createDeep(taps.length, height, channels);
  for (const [column, { first, weights }] of taps.entries()) {
    for (let row = 0; row < height; row++) {
      const start = (row * width + first - left) * channels;
      const to = (row * taps.length + column) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = ONE / 2;
        for (let n = 0, at = start + c; n < weights.length; n++, at += channels) sum += weights[n]! * data[at]!;
        made.data[to + c] = level(sum);
      }
    }
  }
  return made;
}

/** Every column by itself. */
function down({ width, channels, data }: DeepRaster, taps: readonly Taps[], top: number): DeepRaster {
  const samples = width * channels;
  const made = createDeep(width, taps.length, channels);
  const sums = new Float64Array(samples);
  for (const [row, { first, weights }] of taps.entries()) {
    sums.fill(ONE / 2);
    for (let n = 0; n < weights.length; n++) {
      const weight = weights[n]!;
      const start = (first - top + n) * samples;
      for (let at = 0; at < samples; at++) sums[at] = sums[at]! + weight * data[start + at]!;
    }
    const to = row * samples;
    for (let at = 0; at < samples; at++) made.data[to + at] = level(sums[at]!);
  }
  return made;
}
