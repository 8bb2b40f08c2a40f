import type { JobDto } from '@tessera/contracts';
import type { VisualState } from '../../theme/state-color.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import styles from './history.module.css';
import { useJobWords } from './use-job-words.ts';

const LOOKS: Readonly<Record<JobDto['state'], VisualState>> = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'waiting',
};

/** The state of a job: glyph, colour and words. */
export function JobState({ job }: { readonly job: JobDto }) {
  const words = useJobWords();
  return (
    <span className={styles.state}>
      <StateMark state={LOOKS[job.state]} />
      <span>{words.state(job)}</span>
    </span>
  );
}
