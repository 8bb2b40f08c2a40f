import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { Bar } from '../../app/bar.tsx';
import { useParts } from '../../app/parts.ts';
import { useCalmLeft } from './use-calm-left.ts';
import { useHeadline } from './use-headline.ts';
import { useLeftWords } from './use-left-words.ts';
import styles from './watch.module.css';

interface ProgressLineProps {
  readonly job: JobDto;
  /** Regions that are being tried again. */
  readonly retrying: number;
}

const BAR_STATES = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'waiting',
} as const;

/** What the job is doing in a sentence, how long it will take, and the bar of it. */
export function ProgressLine({ job, retrying }: ProgressLineProps) {
  const words = useTranslations('watch');
  const leftWords = useLeftWords();
  const { earlyStarts } = useParts();
  const headline = useHeadline()(job);
  const { state, progress } = job;
  const open = state === 'queued' || state === 'running';
  const left = useCalmLeft(progress, retrying, open);
  const time = left ? leftWords(left) : state === 'running' ? words('estimating') : '';

  return (
    <div className={styles.progress}>
      <p className={styles.headline}>
        <span data-part="headline">{headline}</span>
        {open && time !== '' && (
          <span className={styles.left} data-part="left">
            {time}
          </span>
        )}
      </p>
      {state !== 'done' && state !== 'cancelled' && (
        <Bar
          label={words('progressOf', { name: job.image.name })}
          share={earlyStarts.shareOf(job)}
          state={BAR_STATES[state]}
          text={time === '' ? headline : words('valueText', { regions: headline, left: time })}
        />
      )}
    </div>
  );
}
