import type { CostTable } from '../cost/cost-table.ts';
import { DEFAULT_COSTS } from '../cost/default-costs.ts';

export interface PlanLimits {
  /** Pixels that a region should hold, at least and at most; between them as many as give each slot some regions. */
  readonly regionPixels: { readonly least: number; readonly most: number };
  /** Regions for each slot: enough that no slot waits long for the last ones of others. */
  readonly regionsPerSlot: number;
  /** Most pixels that one task may hold; larger pictures are always split. */
  readonly unsplitPixels: number;
  /** Most pixels that `verify` may ask one task to hold. */
  readonly verifyPixels: number;
  /** Most pixels, and the longest side, that steps may make of a smaller picture. */
  readonly madePixels: number;
  readonly madeSide: number;
  /** A split must be this many times as fast to be chosen. */
  readonly worthwhile: number;
  /** Jobs estimated to be shorter than this are not split, in milliseconds. */
  readonly shortMilliseconds: number;
  readonly costs: CostTable;
}

export const DEFAULT_PLAN_LIMITS: PlanLimits = {
  regionPixels: { least: 3_145_728, most: 12_582_912 },
  regionsPerSlot: 6,
  unsplitPixels: 50_000_000,
  verifyPixels: 200_000_000,
  madePixels: 1_000_000_000,
  madeSide: 1_000_000,
  worthwhile: 1.25,
  shortMilliseconds: 150,
  costs: DEFAULT_COSTS,
};
