import type { Region } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import type { Raster, Samples, Window } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { addNumbers, decodeNumbers, encodeNumbers } from '../numbers.ts';

export const LEVELS = 256;

/** Pixels of each level, channel after channel: level v of channel c at `c * LEVELS + v`. Whole numbers up to 2⁵³. */
export type Histogram = Float64Array;

/** Sets that neighbours are counted in by turns: they are often of one level, and would wait for each other. */
const SETS = 4;

/** Counts the levels of all channels: in the kernels' memory where there are any, else in plain arithmetic. */
export function histogramOf(raster: Raster): Histogram {
  const kernels = loadKernels();
  return kernels === null ? countScalar(raster) : countInKernels(raster, kernels);
}

/** The same in plain arithmetic. */
export function countScalar({ data, channels }: Raster): Histogram {
  const counts = new Uint32Array(SETS * channels * LEVELS);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = channel, pixel = 0; at < data.length; at += channels, pixel++) {
      counts[((pixel % SETS) * channels + channel) * LEVELS + data[at]!]!++;
    }
  }
  return summed(counts);
}

/** Bytes that are counted at once. */
const CHUNK = 1 << 16;

/** The same with a kernel. */
export function countInKernels({ data, channels }: Raster, kernels: Kernels): Histogram {
  const bytes = Math.floor(CHUNK / channels) * channels;
  const areas = kernels.allocate([bytes, 4 * SETS * channels * LEVELS]);
  const [source, place] = [areas[0]!, areas[1]!];
  const counts = new Uint32Array(place.buffer, place.byteOffset, SETS * channels * LEVELS).fill(0);
  for (let first = 0; first < data.length; first += bytes) {
    const part = data.subarray(first, first + bytes);
    source.set(part);
    kernels.functions.countLevels(source.byteOffset, part.length / channels, channels, counts.byteOffset);
  }
  return summed(counts);
}

function summed(counts: Uint32Array): Histogram {
  const all = counts.length / SETS;
  return new Float64Array(all).map((_, level) => {
    let sum = 0;
    for (let at = level; at < counts.length; at += all) sum += counts[at]!;
    return sum;
  });
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
  for (let level = 0; level < histogram.length; level++) {
    seen += histogram[level]!;
    if (seen >= wanted) return level;
  }
  return histogram.length - 1;
}

/** The pixels of a region; those of the window itself where it holds no other. */
export function pixelsOf<S extends Samples>(input: Window<S>, region: Region): Raster<S> {
  const { raster } = input;
  const { x, y, width, height } = region;
  const same = input.x === x && input.y === y && raster.width === width && raster.height === height;
  return same ? raster : crop(input, region);
}
