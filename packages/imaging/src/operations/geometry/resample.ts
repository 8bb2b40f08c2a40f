import type { Region, Size } from '@tessera/contracts';
import { createRaster, hasAlpha, type Raster, type Window } from '../../raster.ts';
import { loadKernels } from '../../simd/kernels.ts';
import { resampleVector, type Sides } from './resample-vectors.ts';
import { tapsOfSide, tapsSpan, WEIGHT_BITS, type ResizeKernel, type Taps } from './resample-weights.ts';

/** What of the picture a region of it at another size is made of. */
export function resampleNeeds(region: Region, picture: Size, size: Size, kernel: ResizeKernel): Region {
  const [x, width] = tapsSpan(region.x, region.width, picture.width, size.width, kernel);
  const [y, height] = tapsSpan(region.y, region.height, picture.height, size.height, kernel);
  return { x, y, width, height };
}

/**
 * Computes a region of the picture at another size: its rows, then its columns, rounded to levels in between, as Pillow
 * does. Colours are weighed by their alpha.
 */
export function resample(input: Window, region: Region, picture: Size, size: Size, kernel: ResizeKernel): Raster {
  const sides = sidesOf(region, picture, size, kernel);
  if (kernel === 'nearest') return pick(input, region, sides);
  const from = resampleNeeds(region, picture, size, kernel);
  // What keeps its size keeps its pixels, as in Pillow.
  if (sides.across === undefined && sides.down === undefined) return cutOut(input, from, false);
  const weighed = hasAlpha(input.raster.channels);
  const kernels = loadKernels();
  const made = kernels === null ? undefined : resampleVector(input, from, sides, weighed, kernels);
  const raster = made ?? resampleScalar(input, from, sides, weighed);
  if (weighed) divideByAlpha(raster);
  return raster;
}

/** What the pixels of a region's sides are made of. */
export function sidesOf(region: Region, picture: Size, size: Size, kernel: ResizeKernel): Sides {
  return {
    across: tapsOfSide(region.x, region.width, picture.width, size.width, kernel),
    down: tapsOfSide(region.y, region.height, picture.height, size.height, kernel),
  };
}

/** In plain arithmetic. */
export function resampleScalar(input: Window, from: Region, sides: Sides, weighed: boolean): Raster {
  let raster = cutOut(input, from, weighed);
  if (sides.across !== undefined) raster = across(raster, sides.across, from.x);
  return sides.down === undefined ? raster : down(raster, sides.down, from.y);
}

/** Copies one pixel for each. */
function pick({ x, y, raster }: Window, region: Region, sides: Sides): Raster {
  const { channels, data, width } = raster;
  const output = createRaster(region.width, region.height, channels);
  const columns = Int32Array.from({ length: region.width }, (_, n) => {
    return ((sides.across?.[n]?.first ?? region.x + n) - x) * channels;
  });
  for (let row = 0, to = 0; row < region.height; row++) {
    const line = ((sides.down?.[row]?.first ?? region.y + row) - y) * width * channels;
    for (const column of columns) {
      for (let c = 0, at = line + column; c < channels; c++) output.data[to++] = data[at++]!;
    }
  }
  return output;
}

/** A part of the window; colours times alpha if they are to be weighed by it. */
function cutOut({ x, y, raster }: Window, from: Region, weighed: boolean): Raster {
  const { channels, data, width } = raster;
  const part = createRaster(from.width, from.height, channels);
  const bytes = from.width * channels;
  for (let row = 0; row < from.height; row++) {
    const start = ((from.y - y + row) * width + from.x - x) * channels;
    part.data.set(data.subarray(start, start + bytes), row * bytes);
  }
  if (!weighed) return part;
  const last = channels - 1;
  for (let at = 0; at < part.data.length; at += channels) {
    const alpha = part.data[at + last]!;
    for (let c = 0; c < last; c++) {
      const product = part.data[at + c]! * alpha + 128;
      part.data[at + c] = ((product >> 8) + product) >> 8;
    }
  }
  return part;
}

function divideByAlpha({ channels, data }: Raster): void {
  const last = channels - 1;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = data[at + last]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let c = 0; c < last; c++) data[at + c] = Math.min(255, Math.trunc((255 * data[at + c]!) / alpha));
  }
}

const HALF = 1 << (WEIGHT_BITS - 1);
const level = (sum: number): number => {
  const value = sum >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
};

/** Every row by itself. */
function across({ width, height, channels, data }: Raster, taps: readonly Taps[], left: number): Raster {
  const made = createRaster(taps.length, height, channels);
  for (const [column, { first, weights }] of taps.entries()) {
    for (let row = 0; row < height; row++) {
      const start = (row * width + first - left) * channels;
      const to = (row * taps.length + column) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = HALF;
        for (let n = 0, at = start + c; n < weights.length; n++, at += channels) sum += weights[n]! * data[at]!;
        made.data[to + c] = level(sum);
      }
    }
  }
  return made;
}

/** Every column by itself. */
function down({ width, channels, data }: Raster, taps: readonly Taps[], top: number): Raster {
  const samples = width * channels;
  const made = createRaster(width, taps.length, channels);
  const sums = new Int32Array(samples);
  for (const [row, { first, weights }] of taps.entries()) {
    sums.fill(HALF);
    for (let n = 0; n < weights.length; n++) {
      const weight = weights[n]!;
      const start = (first - top + n) * samples;
      for (let at = 0; at < samples; at++) sums[at]! += weight * data[start + at]!;
    }
    const to = row * samples;
    for (let at = 0; at < samples; at++) made.data[to + at] = level(sums[at]!);
  }
  return made;
}
