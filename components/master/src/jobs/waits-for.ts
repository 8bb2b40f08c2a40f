import type { JobDto, Strategy } from '@tessera/contracts';
import type { JobRow } from '@tessera/store';

/** What is known of those who might take a task of a strategy now. */
export interface Takers {
  /** Nothing can be said of who lives: this process has not listened for long enough. */
  readonly unknown: boolean;
  readonly living: number;
  readonly willing: number;
}

/**
 * Why an open job does not move, if there is a reason that lies with the executors: none lives, or none that lives takes
 * tasks. What an unwilling one has begun goes on, so a job that is worked on waits for nobody.
 */
export function waitsFor(
  row: Pick<JobRow, 'state' | 'strategy' | 'working'>,
  takersOf: (strategy: Strategy) => Takers,
): JobDto['waitsFor'] {
  if (row.state !== 'queued' && row.state !== 'running') return undefined;
  const { unknown, living, willing } = takersOf(row.strategy);
  if (unknown || willing > 0) return undefined;
  if (living === 0) return 'executor';
  return row.working ? undefined : 'willing-executor';
}
