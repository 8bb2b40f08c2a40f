export interface Backoff {
  /** Upper bound of the first delay in milliseconds. */
  readonly firstMilliseconds: number;
  /** Upper bound of every delay in milliseconds. */
  readonly maxMilliseconds: number;
}

/**
 * Delay before try `n` (0 is the first retry) in milliseconds: uniform between 0 and a bound that doubles.
 * Source: "full jitter", AWS Architecture Blog, "Exponential Backoff And Jitter" (2015).
 */
export function fullJitter(backoff: Backoff, n: number, random: () => number): number {
  return random() * Math.min(backoff.maxMilliseconds, backoff.firstMilliseconds * 2 ** n);
}
