import type { OperationParams, Region } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import type { Window } from '../../raster.ts';
import { recycle } from '../../spare-memory.ts';
import { grayChannels, toGray } from '../colour/grayscale.ts';
import { channelOf, histogramOf, mergeHistograms, pixelsOf } from '../distribution/histogram.ts';
import { otsuThreshold } from '../distribution/otsu-threshold.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';
import { canny } from './canny/canny.ts';
import { cannyHalo } from './canny/classify.ts';

type Params = OperationParams<'canny-otsu'>;

/**
 * Canny's edges with thresholds found in the picture: the high one is Otsu's threshold of its luma, the low one half of it
 * (M. Fang, G. Yue, Q. Yu: The study on an application of Otsu method in Canny operator, 2009). The first round counts the
 * levels, the second is Canny's. The state is the threshold, and behind it Canny's.
 */
export const cannyOtsu: GlobalOperation<'canny-otsu'> = {
  op: 'canny-otsu',
  kind: 'global',
  channels: grayChannels,
  halo: cannyHalo,
  rounds: () => 2,
  observe: (input, region, picture, params, before) =>
    before === undefined
      ? levelsOf(input, region)
      : canny.observe(input, region, picture, thresholds(params, before), undefined),
  merge(partials, grid, picture, params, before) {
    if (before === undefined) {
      const histogram = decodeNumbers(mergeHistograms(partials), 'histogram');
      return Uint8Array.of(otsuThreshold(channelOf(histogram, 0)));
    }
    const state = canny.merge(partials, grid, picture, thresholds(params, before), undefined);
    return joined(before[0]!, state);
  },
  apply: (input, region, index, state, picture, params) =>
    canny.apply(input, region, index, state.subarray(1), picture, thresholds(params, state)),
};

function levelsOf(input: Window, region: Region): Uint8Array {
  const pixels = pixelsOf(input, region);
  const gray = toGray(pixels);
  const histogram = encodeNumbers(histogramOf(gray));
  recycle(gray, pixels);
  recycle(pixels, input.raster);
  return histogram;
}

function joined(threshold: number, state: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + state.length);
  bytes[0] = threshold;
  bytes.set(state, 1);
  return bytes;
}

function thresholds(params: Params, [high = 0]: Uint8Array): OperationParams<'canny'> {
  return { ...params, low: high / 2, high };
}
