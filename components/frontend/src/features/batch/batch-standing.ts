import type { JobDto } from '@tessera/contracts';

export const BATCH_FILTERS = ['all', 'attention', 'open', 'done'] as const;
export type BatchFilter = (typeof BATCH_FILTERS)[number];

/** How the jobs of a batch stand. */
export interface BatchStanding {
  readonly total: number;
  readonly done: number;
  readonly running: number;
  readonly waiting: number;
  readonly attention: number;
  readonly cancelled: number;
  /** 0–1; jobs that ended otherwise than well count as far as they came. 1 only when none is open. */
  readonly share: number;
}

const isOpen = ({ state }: JobDto): boolean => state === 'queued' || state === 'running';

/** @param shareOf how far an open job is, 0–1 */
export function standingOf(
  jobs: readonly JobDto[],
  shareOf: (job: JobDto) => number = ({ progress }) => progress.share,
): BatchStanding {
  const count = (state: JobDto['state']): number => jobs.filter((job) => job.state === state).length;
  const share = jobs.reduce((sum, job) => sum + (isOpen(job) ? shareOf(job) : 1), 0) / Math.max(1, jobs.length);
  return {
    total: jobs.length,
    done: count('done'),
    running: count('running'),
    waiting: count('queued'),
    attention: count('failed'),
    cancelled: count('cancelled'),
    share: jobs.some(isOpen) ? Math.min(0.999, share) : 1,
  };
}

/** The jobs that are shown, what needs attention first, else in the order of submission. */
export function shownJobs(jobs: readonly JobDto[], filter: BatchFilter): readonly JobDto[] {
  const failed = jobs.filter(({ state }) => state === 'failed');
  switch (filter) {
    case 'all':
      return [...failed, ...jobs.filter(({ state }) => state !== 'failed')];
    case 'attention':
      return failed;
    case 'open':
      return jobs.filter(isOpen);
    case 'done':
      return jobs.filter(({ state }) => state === 'done');
  }
}
