import type { OperationName, OperationParams } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import type { Raster } from '../../raster.ts';
import { recycle } from '../../spare-memory.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';
import { histogramOf, mergeHistograms, pixelsOf, type Histogram } from './histogram.ts';

interface HistogramParts<Op extends OperationName> {
  readonly op: Op;
  readonly channels: (input: number) => number;
  /** The raster whose levels are counted, of that of a region; absent: that itself. */
  readonly counted?: (input: Raster, params: OperationParams<Op>) => Raster;
  /** What becomes of a region, by the histogram of the whole picture. */
  readonly apply: (input: Raster, histogram: Histogram, params: OperationParams<Op>) => Raster;
}

/** An operation that has to know how often each level occurs in the whole picture, and then looks at each pixel alone. */
export function histogramOperation<Op extends OperationName>(parts: HistogramParts<Op>): GlobalOperation<Op> {
  const { op, channels, counted = (input) => input, apply } = parts;
  return {
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
}
