import { AppError } from '@tessera/runtime/app-error';
import type { AccumulatorRequest, CompositeAccumulator } from './composite-accumulator.ts';
import { createRankingAccumulator } from './ranking-accumulator.ts';
import { createRunningAccumulator } from './running-accumulator.ts';
import type { SampleSpace } from './sample-space.ts';

/** Scenes of one composite at most: their number is counted in 16 bits. */
export const MAX_COMPOSITE_SCENES = 65_535;

/**
 * Starts a composite of one region.
 *
 * @param space where medians and percentiles keep their samples; not used by another accumulator before this one has
 *   finished. Default: one of its own. The other rules need none.
 * @throws AppError UNSUPPORTED_RASTER, RASTER_MISMATCH if such scenes have no such composite, INTERNAL if the space is too
 *   small.
 */
export function createAccumulator(request: AccumulatorRequest, space?: SampleSpace): CompositeAccumulator {
  if (request.scenes > MAX_COMPOSITE_SCENES)
    throw new AppError('INTERNAL', { details: { what: 'too many scenes', scenes: request.scenes } });
  const { rule } = request.composite;
  switch (rule.kind) {
    case 'median-luminance':
    case 'median':
    case 'percentile':
      return createRankingAccumulator(request, rule, space);
    default:
      return createRunningAccumulator(request, rule.kind);
  }
}
