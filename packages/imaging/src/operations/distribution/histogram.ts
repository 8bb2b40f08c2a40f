import type { Region } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import type { Raster, Window } from '../../raster.ts';
import { addNumbers, decodeNumbers, encodeNumbers } from '../numbers.ts';

export const LEVELS = 256;

/** Pixels of each level, channel after channel: level v of channel c at `c * LEVELS + v`. Whole numbers up to 2⁵³. */
export type Histogram = Float64Array;

/** Counts the levels of all channels. */
export function histogramOf({ data, channels }: Raster): Histogram {
  const histogram = new Float64Array(channels * LEVELS);
  for (let channel = 0; channel < channels; channel++) {
    // Four tables of their own: neighbours are often of one level, and would wait for each other.
    const counts = new Uint32Array(4 * LEVELS);
    const step = channels * 4;
    let at = channel;
    for (const end = data.length - 3 * channels; at < end; at += step) {
      counts[data[at]!]!++;
      counts[LEVELS + data[at + channels]!]!++;
      counts[2 * LEVELS + data[at + 2 * channels]!]!++;
      counts[3 * LEVELS + data[at + 3 * channels]!]!++;
    }
    for (; at < data.length; at += channels) counts[data[at]!]!++;
    for (let level = 0; level < LEVELS; level++) {
      histogram[channel * LEVELS + level] =
        counts[level]! + counts[LEVELS + level]! + counts[2 * LEVELS + level]! + counts[3 * LEVELS + level]!;
    }
  }
  return histogram;
}

/** The histogram of all regions out of the histograms of each. */
export function mergeHistograms(partials: readonly Uint8Array[]): Uint8Array {
  const first = partials[0]!.length / 8;
  return encodeNumbers(
    addNumbers(
      partials.map((partial) => decodeNumbers(partial, 'histogram', first)),
      first,
    ),
  );
}

/** The levels of one channel. */
export function channelOf(histogram: Histogram, channel: number): Histogram {
  return histogram.subarray(channel * LEVELS, (channel + 1) * LEVELS);
}

/** How many pixels a histogram of one channel counts. */
export function totalOf(histogram: Histogram): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

/** The least level that at least `share` (0–1) of all pixels do not exceed; of a share of 0 the least level there is. */
export function levelAtShare(histogram: Histogram, share: number): number {
  const wanted = Math.max(1, Math.ceil(totalOf(histogram) * share));
  let seen = 0;
  for (let level = 0; level < LEVELS; level++) {
    seen += histogram[level]!;
    if (seen >= wanted) return level;
  }
  return LEVELS - 1;
}

/** The pixels of a region; those of the window itself where it holds no other. */
export function pixelsOf(input: Window, region: Region): Raster {
  const { raster } = input;
  const { x, y, width, height } = region;
  const same = input.x === x && input.y === y && raster.width === width && raster.height === height;
  return same ? raster : crop(input, region);
}
