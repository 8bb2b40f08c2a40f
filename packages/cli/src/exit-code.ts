/** What the shell is told. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  someFailed: 3,
  refused: 4,
  unreachable: 5,
  jobFailed: 7,
  interrupted: 130,
} as const;

/** How one file ended. */
export type FileEnd = 'done' | 'skipped' | 'refused' | 'failed';

/**
 * The exit code of a run over many files: 0 if none failed; the kind of failure if all failed alike; else "some failed".
 */
export function exitCodeOf(ends: readonly FileEnd[]): number {
  const kinds = new Set(ends.map((end) => (end === 'skipped' ? 'done' : end)));
  if (!kinds.has('refused') && !kinds.has('failed')) return EXIT.done;
  if (kinds.size > 1) return EXIT.someFailed;
  return kinds.has('refused') ? EXIT.refused : EXIT.jobFailed;
}
