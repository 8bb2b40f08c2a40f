import type { AttemptDto } from '@tessera/contracts';
import type { AttemptRow } from '@tessera/store';

/** Attempts as callers see them: numbered from 1 for each task, timed from the job's submission. */
export function attemptDtos(rows: readonly AttemptRow[], createdAt: Date): AttemptDto[] {
  const counts = new Map<string, number>();
  const since = (date: Date): number => Math.max(0, date.getTime() - createdAt.getTime());
  return rows.map(({ stage, index, executor, beganAt, endedAt, outcome, code }) => {
    const key = `${stage}.${index}`;
    const attempt = (counts.get(key) ?? 0) + 1;
    counts.set(key, attempt);
    return {
      stage,
      index,
      attempt,
      executor,
      began: since(beganAt),
      ended: endedAt === null ? null : since(endedAt),
      outcome,
      ...(code === null ? {} : { code }),
    };
  });
}
