/** Values that become the first and the last level; `low` is at most `high`. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}
