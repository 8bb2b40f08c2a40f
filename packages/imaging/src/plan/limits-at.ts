import type { Depth } from '@tessera/contracts';
import { sampleBytes } from '../raster.ts';
import type { PlanLimits } from './plan-limits.ts';

/** The limits for samples of that depth: what a task holds in memory is meant, which is in bytes and not in pixels. */
export function limitsAt(limits: PlanLimits, depth: Depth): PlanLimits {
  const share = 1 / sampleBytes(depth);
  const { least, most } = limits.regionPixels;
  return {
    ...limits,
    regionPixels: { least: least * share, most: most * share },
    unsplitPixels: limits.unsplitPixels * share,
    verifyPixels: limits.verifyPixels * share,
  };
}
