import type { JobState } from '@tessera/contracts';
import type { VisualState } from '../../theme/state-color.ts';
import { StateMark } from './state-mark.tsx';
import styles from './job-card.module.css';

const LOOKS: Readonly<Record<JobState, VisualState>> = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'waiting',
};

/** The state of a job: glyph, colour and sentence. */
export function JobStatus({ state, sentence }: { readonly state: JobState; readonly sentence: string }) {
  return (
    <p className={styles.status}>
      <StateMark state={LOOKS[state]} />
      <span>{sentence}</span>
    </p>
  );
}
