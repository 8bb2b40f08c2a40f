import type { JobDto } from '@tessera/contracts';

/** What is worth saying aloud of jobs that were started together. */
export interface RunNews {
  /** The batch, or the job where it stands alone. */
  readonly about: string;
  readonly kind: 'started' | 'share' | 'done' | 'partly' | 'trouble' | 'cancelled';
  /** Of the first job. */
  readonly name: string;
  readonly count: number;
  readonly failed: number;
  /** For `share`: 0.25, 0.5 or 0.75. */
  readonly share: number;
}

interface Standing {
  readonly quarters: number;
  readonly failed: number;
  readonly ended: boolean;
}

const isOpen = ({ state }: JobDto): boolean => state === 'queued' || state === 'running';
const runOf = ({ batch, id }: JobDto): string => batch ?? id;

function standingOf(jobs: readonly JobDto[]): Standing {
  const share = jobs.reduce((sum, job) => sum + (isOpen(job) ? job.progress.share : 1), 0) / jobs.length;
  return {
    quarters: Math.min(3, Math.floor(share * 4 + 1e-9)),
    failed: jobs.filter(({ state }) => state === 'failed').length,
    ended: !jobs.some(isOpen),
  };
}

/** Follows jobs and tells what is new of them: start, each quarter, the end, and trouble, each once. */
export class RunFollower {
  readonly #runs = new Map<string, Standing>();
  #begun = false;

  /** The jobs as they are now; what was there when it is first called is not news. */
  follow(jobs: readonly JobDto[]): readonly RunNews[] {
    const news = [...Map.groupBy(jobs, runOf)].flatMap(([about, own]) => this.#follow(about, own));
    this.#begun = true;
    return news;
  }

  #follow(about: string, jobs: readonly JobDto[]): readonly RunNews[] {
    const before = this.#runs.get(about);
    const now = standingOf(jobs);
    // A batch may be known in part at first; and once said, a quarter is said.
    this.#runs.set(about, { ...now, quarters: Math.max(now.quarters, now.ended ? 0 : (before?.quarters ?? 0)) });
    if (!this.#begun) return [];
    const tell = (kind: RunNews['kind'], share = 0): RunNews => {
      return { about, kind, share, name: jobs[0]?.image.name ?? '', count: jobs.length, failed: now.failed };
    };
    if (now.ended) return before?.ended ? [] : [tell(endOf(jobs, now))];
    const said: RunNews[] = [];
    if (before === undefined || before.ended) said.push(tell('started'));
    if (now.failed > 0 && (before?.failed ?? 0) === 0) said.push(tell('trouble'));
    if (before !== undefined && now.quarters > before.quarters) said.push(tell('share', now.quarters / 4));
    return said;
  }
}

function endOf(jobs: readonly JobDto[], { failed }: Standing): RunNews['kind'] {
  if (failed > 0) return failed < jobs.length ? 'partly' : 'trouble';
  return jobs.some(({ state }) => state === 'done') ? 'done' : 'cancelled';
}

/** How many jobs are under way, and the name of what was done last; for the title of the tab. */
export function tabNews(jobs: readonly JobDto[]): { readonly open: number; readonly last: string | undefined } {
  const done = jobs.filter(({ state }) => state === 'done');
  const last = done.reduce<JobDto | undefined>(
    (latest, job) => ((job.timings.finishedAt ?? '') > (latest?.timings.finishedAt ?? '') ? job : latest),
    undefined,
  );
  return { open: jobs.filter(isOpen).length, last: last?.image.name };
}
