import { Button } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { batchArchiveUrl } from '../../api/results.ts';
import { Bar } from '../../app/bar.tsx';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import { CopyLink } from '../history/copy-link.tsx';
import { useJobCalls } from '../history/use-job-calls.ts';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { Problem } from '../problem/problem.tsx';
import { useCalmLeft } from '../watch/use-calm-left.ts';
import { useLeftWords } from '../watch/use-left-words.ts';
import { BatchRate } from './batch-rate.ts';
import { standingOf } from './batch-standing.ts';
import styles from './batch.module.css';

interface BatchHeadProps {
  readonly batch: string;
  readonly jobs: readonly JobDto[];
}

/** The batch in one line, its progress, and what can be done with all of it. */
export function BatchHead({ batch, jobs }: BatchHeadProps) {
  const pipelineSentence = usePipelineSentence();
  const words = useTranslations('watch.batch');
  const watch = useTranslations('watch');
  const formats = useFormats();
  const leftWords = useLeftWords();
  const { earlyStarts } = useParts();
  const standing = useMemo(() => standingOf(jobs, earlyStarts.shareOf), [jobs, earlyStarts]);
  const { total, done, running, waiting, attention, cancelled, share } = standing;
  const open = running + waiting > 0;
  const left = useCalmLeft({ eta: useRate(share), slots: undefined }, 0, open);
  const time = left ? leftWords(left) : watch('estimating');
  const { redrive } = useJobCalls();
  const retry = useMutation({
    mutationFn: async () => {
      for (const job of jobs) if (job.state === 'failed') await redrive.mutateAsync(job);
    },
  });

  const parts: readonly (readonly [number, string])[] = [
    [done, words('done', { count: formats.count(done) })],
    [running, words('running', { count: formats.count(running) })],
    [waiting, words('waiting', { count: formats.count(waiting) })],
    [attention, words('attention', { count: attention })],
    [cancelled, words('cancelled', { count: formats.count(cancelled) })],
  ];
  const summary = parts
    .filter(([number]) => number > 0)
    .map(([, sentence]) => sentence)
    .join(' · ');
  const value = { done: formats.count(done), total };
  const [first] = jobs;

  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <div>
          <h2>{words('title', { count: total })}</h2>
          {first && <p className={styles.pipeline}>{pipelineSentence(first)}</p>}
        </div>
        <div className={styles.actions}>
          {attention > 0 && (
            <Button
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={retry.isPending}
              onClick={() => retry.mutate()}
            >
              {words('retry', { count: attention })}
            </Button>
          )}
          <CopyLink look="button" name={words('title', { count: total })} />
          {done > 0 && (
            <Button
              component="a"
              href={batchArchiveUrl(batch)}
              download
              variant={open ? 'default' : 'filled'}
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {words('download')}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.summary}>
        <span data-part="summary">{summary}</span>
        {open && (
          <span className={styles.left} data-part="left">
            {time}
          </span>
        )}
      </p>
      <Bar
        label={words('progress')}
        share={share}
        state={open ? 'running' : attention > 0 ? 'failed' : 'done'}
        text={open ? words('value', { ...value, left: time }) : words('valueAlone', value)}
      />
      {retry.error && (
        <Problem error={retry.error instanceof ApiError ? retry.error : unreachable()} undertaking="job" />
      )}
    </header>
  );
}

/** Estimates the time left from how the share has grown. */
function useRate(share: number): JobDto['progress']['eta'] {
  const [rate] = useState(() => new BatchRate());
  const [eta, setEta] = useState<JobDto['progress']['eta']>(null);
  useEffect(() => setEta(rate.take(share, performance.now() / 1000)), [rate, share]);
  return eta;
}
