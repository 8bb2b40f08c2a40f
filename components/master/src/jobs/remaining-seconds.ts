/** Share of the tasks that has to be done before an estimate is more than a guess. */
const FEWEST_SHARE = 0.05;
/** Milliseconds that have to be over, for the first tasks wait for the source to be decoded. */
const SHORTEST = 2000;

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly elapsedMilliseconds: number;
}

/**
 * Estimates the seconds left, one decimal: what is left takes as long per task as what is done. `null` until both a
 * twentieth of the tasks is done and two seconds are over.
 */
export function remainingSeconds({ done, total, elapsedMilliseconds }: Progress): number | null {
  if (done === 0 || done < total * FEWEST_SHARE || elapsedMilliseconds < SHORTEST) return null;
  return Math.round((elapsedMilliseconds / done) * (total - done) * 0.01) / 10;
}
