import type { OperationName, OperationParams } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import type { Raster } from '../../raster.ts';
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
    observe: (input, region, _picture, params) => encodeNumbers(histogramOf(counted(pixelsOf(input, region), params))),
    merge: mergeHistograms,
    apply: (input, region, _index, state, _picture, params) =>
      apply(pixelsOf(input, region), decodeNumbers(state, 'histogram'), params),
  };
}
