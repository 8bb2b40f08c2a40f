/** Tasks of all jobs that are in flight at least, so that executors that come find work; few, for all new ones wait behind them. */
const SMALLEST_WINDOW = 6;
/** Tasks in flight for each slot: one that runs, one that waits, one on its way. */
const WINDOW_PER_SLOT = 3;

/** Tasks of all jobs that may be with the broker or the executors at one time. */
export function inFlightWindow(slots: number): number {
  return Math.max(SMALLEST_WINDOW, WINDOW_PER_SLOT * slots);
}
