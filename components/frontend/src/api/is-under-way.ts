import type { Query } from '@tanstack/react-query';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { jobsOf, type JobPages } from './job-pages.ts';

const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

type Known = JobPages | JobDto | readonly (JobDto | TaskDto)[];

/** Whether what was fetched of jobs or tasks is about to change, or is just being fetched. */
export function isUnderWay({ state }: Pick<Query, 'state'>): boolean {
  if (state.fetchStatus === 'fetching') return true;
  const known = state.data as Known | undefined;
  if (known === undefined) return false;
  const all = 'pages' in known ? jobsOf(known) : 'id' in known ? [known] : known;
  return all.some((one) => !ENDED.has(one.state));
}
