import type { JobDto } from '@tessera/contracts';
import { Bar } from '../../app/bar.tsx';
import { useTasks } from '../../api/use-tasks.ts';
import { ResultFacts } from '../result/result-facts.tsx';
import { ResultPicture } from '../result/result-picture.tsx';
import { Problem } from '../problem/problem.tsx';
import { JobActions } from './job-actions.tsx';
import styles from './job-card.module.css';
import { JobDetails } from './job-details.tsx';
import { jobSentence, shownShare } from './job-sentence.ts';
import { JobStatus } from './job-status.tsx';
import { pipelineSentence } from './pipeline-sentence.ts';
import { isSplit, regionCells } from './region-cells.ts';
import { RunPicture } from './run-picture.tsx';

interface JobCardProps {
  readonly job: JobDto;
  readonly thumbnail: string | undefined;
  readonly onTakeAgain: (job: JobDto) => Promise<void>;
}

const BAR_STATES = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'waiting',
} as const;

/** One job: its picture, its state in a sentence, and what can be done with it. */
export function JobCard({ job, thumbnail, onTakeAgain }: JobCardProps) {
  const { state, image, error, result } = job;
  const open = state === 'queued' || state === 'running';
  const split = isSplit(job);
  const tasks = useTasks(job.id, split && (state === 'running' || state === 'failed'));
  const hasCount = job.progress.total > 1;

  return (
    <article className={styles.card} data-state={state} aria-label={image.name}>
      {result ? (
        <ResultPicture job={job} result={result} thumbnail={thumbnail} />
      ) : (
        <RunPicture job={job} cells={split ? regionCells(job, tasks) : []} thumbnail={thumbnail} />
      )}
      <div className={styles.body}>
        <div>
          <h3 className={styles.name} title={image.name}>
            {image.name}
          </h3>
          <p className={styles.pipeline}>{pipelineSentence(job)}</p>
        </div>
        <JobStatus state={state} sentence={jobSentence(job)} />
        {open && (
          <Bar
            label={`Progress of ${image.name}`}
            share={state === 'running' && !hasCount ? undefined : shownShare(job)}
            state={BAR_STATES[state]}
          />
        )}
        {error && <Problem error={error} undertaking="job" details={detailsOf(error)} />}
        {result && <ResultFacts result={result} />}
        <JobActions job={job} onTakeAgain={onTakeAgain} />
        <JobDetails job={job} />
      </div>
    </article>
  );
}

function detailsOf({ region, attempts }: NonNullable<JobDto['error']>): string[] {
  const lines = [`Attempts ${attempts}`];
  if (region) lines.unshift(`Region x ${region.x}, y ${region.y}, ${region.width} × ${region.height}`);
  return lines;
}
