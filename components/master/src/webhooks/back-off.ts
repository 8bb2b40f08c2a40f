const HOUR = 3600;

/** Seconds between one try and the next: eleven tries in 22 hours. */
const DELAYS: readonly number[] = [1, 5, 30, 120, 600, HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR];

/**
 * Seconds after the nth try until the next one; undefined: no more.
 *
 * @param random uniform in [0, 1); takes up to a fifth off, so that what failed at one time is not tried at one time.
 */
export function backOff(nth: number, random: () => number): number | undefined {
  const delay = DELAYS[nth - 1];
  return delay === undefined ? undefined : delay * (1 - 0.2 * random());
}
