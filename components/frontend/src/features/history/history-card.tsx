import { Link } from '@tanstack/react-router';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { JOB_ATTRIBUTE } from './focus-job.ts';
import type { HistoryItemProps } from './history-row.tsx';
import styles from './history.module.css';
import { JobCheck } from './job-check.tsx';
import { JobMenu } from './job-menu.tsx';
import { JobState } from './job-state.tsx';
import { JobThumbnail } from './job-thumbnail.tsx';
import { useJobWords } from './use-job-words.ts';

/** A job as a card: first of all its picture. */
export function HistoryCard({ job, calls, onDelete, selected, onSelect }: HistoryItemProps) {
  const pipelineSentence = usePipelineSentence();
  const say = useJobWords();
  const { image } = job;
  return (
    <article className={styles.card} aria-label={image.name} data-selected={selected || undefined}>
      <JobThumbnail job={job} side="large" />
      <JobCheck name={image.name} checked={selected} onChange={onSelect} />
      <div className={styles.cardBody}>
        <div className={styles.cardHead}>
          <Link className={styles.name} to="/jobs/$job" params={{ job: job.id }} {...{ [JOB_ATTRIBUTE]: job.id }}>
            <bdi>{image.name}</bdi>
          </Link>
          <JobMenu job={job} calls={calls} onDelete={onDelete} compact />
        </div>
        <span className={styles.pipeline} title={pipelineSentence(job)}>
          {pipelineSentence(job)}
        </span>
        <JobState job={job} />
        <span className={styles.small}>{say.kept(job) ?? say.created(job)}</span>
      </div>
    </article>
  );
}
