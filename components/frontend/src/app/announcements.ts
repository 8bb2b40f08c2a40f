import type { JobDto } from '@tessera/contracts';

const ENDS: Readonly<Partial<Record<JobDto['state'], string>>> = {
  done: 'is done',
  failed: 'could not be finished',
  cancelled: 'is cancelled',
};

/** Above this many ends at once only their numbers are told. */
const MOST_NAMED = 3;

/** What is worth saying aloud of the jobs that ended since `before`; older jobs that were only listed later are not. */
export function announcements(
  before: readonly JobDto[],
  jobs: readonly JobDto[],
): { readonly sentence: string; readonly lastDone: JobDto | undefined } {
  const known = new Map(before.map(({ id, state }) => [id, state]));
  const oldest = before.at(-1)?.timings.createdAt ?? '';
  const isNews = ({ id, state, timings }: JobDto): boolean =>
    known.has(id) ? known.get(id) !== state : timings.createdAt > oldest;
  const ended = jobs.filter((job) => ENDS[job.state] && isNews(job));
  const lastDone = ended.find(({ state }) => state === 'done');
  if (ended.length <= MOST_NAMED) {
    return { sentence: ended.map((job) => `${job.image.name} ${ENDS[job.state] ?? ''}.`).join(' '), lastDone };
  }
  const done = ended.filter(({ state }) => state === 'done').length;
  return { sentence: `${done} jobs are done, ${ended.length - done} ended otherwise.`, lastDone };
}

/** Title of the tab: how many jobs are under way, or what was done last. */
export function pageTitle(jobs: readonly JobDto[], finished: JobDto | undefined): string {
  const open = jobs.filter(({ state }) => state === 'queued' || state === 'running').length;
  if (open > 0) return `(${open}) Tessera`;
  return finished ? `✓ ${finished.image.name} · Tessera` : 'Tessera';
}
