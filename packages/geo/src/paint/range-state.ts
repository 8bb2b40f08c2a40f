import type { ValueRange } from './value-range.ts';

/** A value that is searched for by its place among all samples in order. */
export interface SoughtRank {
  /** The digits of its key that are known, as one number. */
  readonly prefix: number;
  /** Its place, from 0, among the samples whose keys begin so. */
  readonly rank: number;
}

/**
 * How far the search for a range has come, between passes over the whole raster. Plain data, to be sent as JSON.
 * `range` is null where nothing was measured.
 */
export type RangeState =
  | { readonly kind: 'done'; readonly range: ValueRange | null }
  | { readonly kind: 'open'; readonly pass: number; readonly sought: readonly SoughtRank[] };
