import type { CompositeRule } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { AccumulatorRequest, CompositeAccumulator } from './composite-accumulator.ts';
import { countedBands } from './counted-samples.ts';
import { rankTable } from './rank-table.ts';
import { validity } from './running-accumulator.ts';
import { sampleLimits, type CountedType } from './sample-limits.ts';
import { createSampleSpace, type SampleSpace } from './sample-space.ts';
import { SampleStack, stackBytes } from './sample-stack.ts';
import { scalarRanker } from './scalar-ranker.ts';
import { vectorRanker } from './vector-ranker.ts';

/** Composites that need all samples at once. */
export function createRankingAccumulator(
  request: AccumulatorRequest,
  rule: Exclude<CompositeRule, { kind: 'mean' }>,
  given: SampleSpace | undefined,
): CompositeAccumulator {
  const { composite, region, bands, scenes } = request;
  const limits = sampleLimits(composite, request.type);
  const type = request.type as CountedType;
  if (rule.kind === 'median-luminance' && bands !== 3) throw new AppError('RASTER_MISMATCH', { details: { bands } });
  const read = countedBands(request);
  const shape = { type, pixels: region.width * region.height, bands, scenes };
  const space = given ?? createSampleSpace(stackBytes(shape));
  if (stackBytes(shape) > space.bytes)
    throw new AppError('INTERNAL', { details: { what: 'space for samples', ...shape, bytes: space.bytes } });
  const stack = new SampleStack(shape, limits, space);
  const ranker = space.kernels ? vectorRanker(space.kernels) : scalarRanker;
  const ranks = rankTable(rule, scenes);
  const plane = () => (type === 'uint8' ? new Uint8Array(shape.pixels) : new Uint16Array(shape.pixels));
  return {
    region,
    add(samples) {
      stack.add(samples.scene, read(samples));
    },
    finish() {
      const target = Array.from({ length: bands }, plane);
      if (rule.kind === 'median-luminance') {
        const counts = new Uint16Array(shape.pixels);
        ranker.triplets(stack, ranks, rule.mode, target, counts);
        const valid = validity(counts);
        return { ...region, type, bands: target, valid: [valid, valid, valid] };
      }
      const valid = target.map((samples, band) => {
        const counts = new Uint16Array(shape.pixels);
        ranker.band(stack, band, ranks, samples, counts);
        return validity(counts);
      });
      return { ...region, type, bands: target, valid };
    },
  };
}
