import { Link } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { VisualState } from '../../theme/state-color.ts';
import { JobThumbnail } from '../history/job-thumbnail.tsx';
import { StateMark } from '../jobs/state-mark.tsx';
import styles from './batch.module.css';

const LOOKS: Readonly<Record<JobDto['state'], VisualState>> = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'waiting',
};

/** One job of a batch: its picture, its name, how it stands; the way to its page. */
export const BatchCard = memo(function BatchCard({ job }: { readonly job: JobDto }) {
  const words = useTranslations('watch');
  const { percent } = useFormats();
  const { earlyStarts } = useParts();
  const { id, image, state } = job;
  const share = earlyStarts.shareOf(job);
  return (
    <Link className={styles.card} data-state={state} to="/jobs/$job" params={{ job: id }}>
      <JobThumbnail job={job} side="large" />
      <bdi className={styles.name} title={image.name}>
        {image.name}
      </bdi>
      <span className={styles.state}>
        <StateMark state={LOOKS[state]} />
        {words(`jobStates.${state}`)}
        {state === 'running' && share > 0 && <span className={styles.share}>{percent(Math.min(0.99, share))}</span>}
      </span>
    </Link>
  );
});
