import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { Problem } from '../problem/problem.tsx';
import { JOB_ATTRIBUTE } from './focus-job.ts';
import styles from './history.module.css';
import { JobCheck } from './job-check.tsx';
import { JobMenu, type JobMenuProps } from './job-menu.tsx';
import { JobState } from './job-state.tsx';
import { JobThumbnail } from './job-thumbnail.tsx';
import { useJobWords } from './use-job-words.ts';

export interface HistoryItemProps extends JobMenuProps {
  readonly selected: boolean;
  readonly onSelect: (selected: boolean, range: boolean) => void;
}

/** A job as a row: picture, name, state, size, times, and what can be done. */
export function HistoryRow({ job, calls, onDelete, selected, onSelect }: HistoryItemProps) {
  const pipelineSentence = usePipelineSentence();
  const words = useTranslations('history');
  const say = useJobWords();
  const { error, image, batch } = job;
  const kept = say.kept(job);
  return (
    <article className={styles.row} aria-label={image.name} data-selected={selected || undefined}>
      <JobCheck name={image.name} checked={selected} onChange={onSelect} />
      <JobThumbnail job={job} side="small" />
      <div className={styles.what}>
        <Link className={styles.name} to="/jobs/$job" params={{ job: job.id }} {...{ [JOB_ATTRIBUTE]: job.id }}>
          <bdi>{image.name}</bdi>
        </Link>
        <span className={styles.pipeline} title={pipelineSentence(job)}>
          {pipelineSentence(job)}
        </span>
      </div>
      <div className={styles.where}>
        <JobState job={job} />
        <span className={styles.small}>{say.size(job)}</span>
      </div>
      <div className={styles.when}>
        <span className={styles.small}>
          {say.created(job)}
          {batch !== null && (
            <>
              {' · '}
              <Link to="/w/$batch" params={{ batch }}>
                {words('batch')}
              </Link>
            </>
          )}
        </span>
        {kept !== undefined && <span className={styles.small}>{kept}</span>}
      </div>
      <JobMenu job={job} calls={calls} onDelete={onDelete} />
      {error && (
        <div className={styles.problem}>
          <Problem error={error} undertaking="job" details={[words('id', { id: job.id })]} />
        </div>
      )}
    </article>
  );
}
