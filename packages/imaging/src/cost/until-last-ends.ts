/** Tasks of one kind on slots that are never idle while some wait. Times in milliseconds. */
export interface Course {
  /** What is left of each that runs, `period` at most. */
  readonly running: readonly number[];
  readonly waiting: number;
  readonly slots: number;
  /** Of those that wait, from the beginning of each until the next one begins on its slot. */
  readonly period: number;
  /** The same of the last one of those that wait, which may be shorter. */
  readonly last: number;
}

/** Milliseconds until the last of the tasks has ended, each begun on the slot that is free first. */
export function untilLastEnds({ running, waiting, slots, period, last }: Course): number {
  if (waiting <= 0) return Math.max(0, ...running);
  const idle = Math.max(0, slots - running.length);
  const ends = [...running, ...Array.from({ length: idle }, () => 0)].sort((a, b) => a - b);
  // Where slots have gone, the first that end are not followed by others.
  const free = ends.slice(Math.max(0, ends.length - Math.max(1, slots)));
  // Nothing that runs takes longer than what waits, so that slots take turns in the order in which they become free.
  const rounds = Math.floor((waiting - 1) / free.length);
  const over = (waiting - 1) % free.length;
  const before = free.map((at, n) => at + (rounds + (n < over ? 1 : 0)) * period);
  return Math.max(...before, Math.min(...before) + last);
}
