import { AppError } from '@tessera/runtime/app-error';
import { ByteReader, pushVarint } from '../../components/varint.ts';
import type { Histogram } from '../distribution/histogram.ts';
import type { DeepRaster } from './deep-raster.ts';

export const DEEP_LEVELS = 65_536;

/** Counts the levels of all channels, channel after channel. */
export function deepHistogramOf({ data, channels }: DeepRaster): Histogram {
  const histogram = new Float64Array(channels * DEEP_LEVELS);
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Uint32Array(DEEP_LEVELS);
    for (let at = channel; at < data.length; at += channels) counts[data[at]!]!++;
    histogram.set(counts, channel * DEEP_LEVELS);
  }
  return histogram;
}

/** The levels of one channel. */
export function deepChannelOf(histogram: Histogram, channel: number): Histogram {
  return histogram.subarray(channel * DEEP_LEVELS, (channel + 1) * DEEP_LEVELS);
}

/**
 * A histogram of 65536 levels as partials and states carry it: most levels of a region do not occur, or seldom. Layout, all
 * varints: the number of channels, then again and again how many levels are passed over and the count of the next one; at last
 * those that are passed over to the end.
 */
export function encodeDeepHistogram(histogram: Histogram | Uint32Array): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, histogram.length / DEEP_LEVELS);
  let passed = 0;
  for (const count of histogram) {
    if (count === 0) passed++;
    else {
      pushVarint(bytes, passed);
      pushVarint(bytes, count);
      passed = 0;
    }
  }
  pushVarint(bytes, passed);
  return Uint8Array.from(bytes);
}

/** Reads what `encodeDeepHistogram` wrote. @throws AppError STORE_CORRUPT if the bytes are something else. */
export function decodeDeepHistogram(bytes: Uint8Array): Histogram {
  const reader = new ByteReader(bytes, 'histogram of 16 bits');
  const channels = reader.varint();
  if (channels < 1 || channels > 4) throw reader.corrupt();
  const histogram = new Float64Array(channels * DEEP_LEVELS);
  let at = reader.varint();
  while (!reader.done) {
    if (at >= histogram.length) throw reader.corrupt();
    histogram[at] = reader.varint();
    at += 1 + reader.varint();
  }
  if (at !== histogram.length) throw reader.corrupt();
  return histogram;
}

/** The histogram of all regions out of the histograms of each. @throws AppError STORE_CORRUPT where they do not fit. */
export function mergeDeepHistograms(partials: readonly Uint8Array[]): Uint8Array {
  const sums = decodeDeepHistogram(partials[0]!);
  for (const partial of partials.slice(1)) {
    const more = decodeDeepHistogram(partial);
    if (more.length !== sums.length) throw new AppError('STORE_CORRUPT', { details: { what: 'histogram of 16 bits' } });
    for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! + more[at]!;
  }
  return encodeDeepHistogram(sums);
}
