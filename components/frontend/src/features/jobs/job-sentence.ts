import type { JobDto } from '@tessera/contracts';
import { formatDuration, formatEta } from '../../format/duration.ts';

/** What a stage does, for people; `of` is added where it has several tasks. */
const STAGE_WORDS: Readonly<Record<string, string>> = {
  observe: 'Looking at the picture',
  merge: 'Joining what was found',
  materialize: 'Preparing regions',
  render: 'Making regions',
  assemble: 'Joining the file',
  verify: 'Checking against an unsplit run',
  sequence: 'Working on one machine',
};

function runningSentence(job: JobDto): string {
  const stage = job.stages.find(({ tasks, done }) => done < tasks) ?? job.stages.at(-1);
  const words = (stage && STAGE_WORDS[stage.kind]) ?? 'Working';
  const count = stage && stage.tasks > 1 ? `: ${String(stage.done)} of ${String(stage.tasks)}` : '';
  const eta = formatEta(job.progress.etaSeconds);
  return `${words}${count}${eta ? `, ${eta}` : ''}`;
}

function secondsOf({ timings }: JobDto): number | undefined {
  if (!timings.finishedAt) return undefined;
  return (Date.parse(timings.finishedAt) - Date.parse(timings.startedAt ?? timings.createdAt)) / 1000;
}

/** Says in a sentence what a job is doing or how it ended. */
export function jobSentence(job: JobDto): string {
  switch (job.state) {
    case 'queued':
      return 'Waiting for a machine';
    case 'running':
      return runningSentence(job);
    case 'done': {
      if (job.result?.reused) return 'Done at once: an equal job was finished before';
      const seconds = secondsOf(job);
      return seconds === undefined ? 'Done' : `Done in ${formatDuration(seconds)}`;
    }
    case 'failed':
      return 'Could not be finished';
    case 'cancelled':
      return 'Cancelled';
  }
}

/** Sums up a list of jobs: `2 running · 5 done · 1 needs attention`. Empty for an empty list. */
export function boardSentence(jobs: readonly JobDto[]): string {
  const count = (...states: readonly JobDto['state'][]): number =>
    jobs.filter(({ state }) => states.includes(state)).length;
  const failed = count('failed');
  const parts: [number, string][] = [
    [count('queued'), 'waiting'],
    [count('running'), 'running'],
    [count('done'), 'done'],
    [failed, failed === 1 ? 'needs attention' : 'need attention'],
    [count('cancelled'), 'cancelled'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${String(number)} ${word}`)
    .join(' · ');
}

/** Share of a job that is done, for its bar, 0–1. The bar is full only when the job is done. */
export function shownShare({ state, progress }: JobDto): number {
  return state === 'done' ? 1 : Math.min(0.99, progress.done / progress.total);
}
