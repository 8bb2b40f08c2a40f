import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useJobs } from '../../api/use-jobs.ts';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { JobState } from './job-state.tsx';
import { JobThumbnail } from './job-thumbnail.tsx';
import styles from './recent-jobs.module.css';
import { useShownJobs } from './use-shown-jobs.ts';

/** Jobs that are shown. */
const MOST = 6;

/** The last few jobs of the visitor, for the page where work begins; nothing where there are none. */
export function RecentJobs() {
  const words = useTranslations('history.recent');
  const pipelineSentence = usePipelineSentence();
  const jobs = useShownJobs(useJobs().jobs).slice(0, MOST);
  if (jobs.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent-title">
      <div className={styles.head}>
        <h2 id="recent-title">{words('title')}</h2>
        <Link to="/history">{words('all')}</Link>
      </div>
      <ul className={styles.list}>
        {jobs.map((job) => (
          <li key={job.id}>
            <Link className={styles.job} to="/jobs/$job" params={{ job: job.id }}>
              <JobThumbnail job={job} side="small" />
              <span className={styles.words}>
                <bdi className={styles.name}>{job.image.name}</bdi>
                <span className={styles.pipeline}>{pipelineSentence(job)}</span>
                <JobState job={job} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
