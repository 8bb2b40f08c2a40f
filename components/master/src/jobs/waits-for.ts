import type { JobDto, Plan, Strategy } from '@tessera/contracts';
import type { JobRow } from '@tessera/store';

/** What is known of those who might take a task of a strategy, and of a plan, now. */
export interface Takers {
  /** Nothing can be said of who lives: this process has not listened for long enough. */
  readonly unknown: boolean;
  readonly living: number;
  readonly willing: number;
}

/**
 * Why an open job does not move, if there is a reason that lies with the executors: none lives that makes the pixels its
 * plan promises, or none that lives takes tasks. What an unwilling one has begun goes on, so a job that is worked on waits for nobody.
 */
export function waitsFor(
  row: Pick<JobRow, 'state' | 'strategy' | 'working'> & { readonly plan: Pick<Plan, 'kernel'> },
  takersOf: (strategy: Strategy, kernel: string) => Takers,
): JobDto['waitsFor'] {
  if (row.state !== 'queued' && row.state !== 'running') return undefined;
  const { unknown, living, willing } = takersOf(row.strategy, row.plan.kernel);
  if (unknown || willing > 0) return undefined;
  if (living === 0) return 'executor';
  return row.working ? undefined : 'willing-executor';
}
