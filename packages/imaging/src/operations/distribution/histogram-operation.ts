import type { OperationName, OperationParams } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import type { Raster, Samples } from '../../raster.ts';
import { recycle } from '../../spare-memory.ts';
import {
  decodeDeepHistogram,
  deepHistogramOf,
  encodeDeepHistogram,
  mergeDeepHistograms,
} from '../deep/deep-histogram.ts';
import type { DeepRaster } from '../deep/deep-raster.ts';
import { globalInBoth } from '../deep/global-in-both.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';
import { histogramOf, mergeHistograms, pixelsOf, type Histogram } from './histogram.ts';

/** What differs between such operations, with rasters of `R`. */
interface Ways<Op extends OperationName, R extends Raster<Samples>> {
  /** The raster whose levels are counted, of that of a region; absent: that itself. */
  readonly counted?: (input: R, params: OperationParams<Op>) => R;
  /** What becomes of a region, by the histogram of the whole picture. */
  readonly apply: (input: R, histogram: Histogram, params: OperationParams<Op>) => R;
}

interface HistogramParts<Op extends OperationName> extends Ways<Op, Raster> {
  readonly op: Op;
  readonly channels: (input: number) => number;
  /** The same in 16 bits, with 65536 levels. */
  readonly deep: Ways<Op, DeepRaster>;
}

/** An operation that has to know how often each level occurs in the whole picture, and then looks at each pixel alone. */
export function histogramOperation<Op extends OperationName>(parts: HistogramParts<Op>): GlobalOperation<Op, Samples> {
  const { op, channels, counted = (input) => input, apply, deep } = parts;
  const countedDeep = deep.counted ?? ((input) => input);
  const shallow: GlobalOperation<Op> = {
    op,
    kind: 'global',
    counts: true,
    channels,
    halo: () => 0,
    observe: (input, region, _picture, params) => {
      const pixels = pixelsOf(input, region);
      const raster = counted(pixels, params);
      const histogram = encodeNumbers(histogramOf(raster));
      recycle(raster, pixels);
      recycle(pixels, input.raster);
      return histogram;
    },
    merge: mergeHistograms,
    apply: (input, region, _index, state, _picture, params) => {
      const pixels = pixelsOf(input, region);
      const made = apply(pixels, decodeNumbers(state, 'histogram'), params);
      recycle(pixels, input.raster, made);
      return made;
    },
  };
  return globalInBoth(shallow, {
    observe: (input, region, _picture, params) =>
      encodeDeepHistogram(deepHistogramOf(countedDeep(pixelsOf(input, region), params))),
    merge: mergeDeepHistograms,
    apply: (input, region, _index, state, _picture, params) =>
      deep.apply(pixelsOf(input, region), decodeDeepHistogram(state), params),
  });
}
