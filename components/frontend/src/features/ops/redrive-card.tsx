import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RedriveDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { cancelRedrive } from '../../api/ops.ts';
import { Bar } from '../../app/bar.tsx';
import { useFormats } from '../../format/use-formats.ts';
import { StateLabel } from './state-label.tsx';
import { useNow } from './use-now.ts';
import { OPS_KEY } from './use-ops.ts';
import { useProblemSentence } from './use-problem-sentence.ts';
import styles from './dead-letters.module.css';

interface RedriveCardProps {
  readonly redrive: RedriveDto;
  /** The server's time of the answer, and this browser's when it arrived. */
  readonly at: string | undefined;
  readonly arrivedAt: number;
}

/** A redrive under way or just over: how far it is, and how to stop it. */
export function RedriveCard({ redrive, at, arrivedAt }: RedriveCardProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const now = useNow();
  const cancel = useMutation({
    mutationFn: () => cancelRedrive(redrive.id),
    onSettled: () => void queries.invalidateQueries({ queryKey: [OPS_KEY] }),
  });
  const { id, state, total, redriven, succeeded, failed, cancelled, skipped, startsAt, actor } = redrive;
  // When all are brought back there is nothing left to be stopped.
  const open = state === 'waiting' || (state === 'running' && redriven + skipped < total);
  const over = succeeded + failed + cancelled + skipped;
  const passed = at === undefined ? 0 : Date.parse(at) + Math.max(0, now - arrivedAt);
  const left = Math.max(0, Math.ceil((Date.parse(startsAt) - passed) / 1000));
  return (
    <article className={styles.card} aria-label={words('redrive.title', { count: total })}>
      <div className={styles.cardHead}>
        <StateLabel state={state} />
        <Link to="/ops/redrives/$redrive" params={{ redrive: id }} className={styles.name}>
          {words('redrive.title', { count: total })}
        </Link>
        <span className={styles.meta}>
          <bdi>{actor}</bdi>
        </span>
      </div>
      <Bar
        label={words('redrive.title', { count: total })}
        share={total === 0 ? 0 : over / total}
        state={
          state === 'waiting'
            ? 'waiting'
            : state === 'done' && failed === 0
              ? 'done'
              : failed > 0
                ? 'failed'
                : 'running'
        }
      />
      <p className={styles.meta}>
        {state === 'waiting'
          ? words('redrive.startsIn', { seconds: formats.wholeDuration(left) })
          : words('redrive.progress', { redriven, total, succeeded, failed })}
        {state !== 'waiting' && cancelled + skipped > 0 && ` ${words('redrive.aside', { cancelled, skipped })}`}
      </p>
      {open && (
        <Button size="compact-md" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {words(state === 'waiting' ? 'redrive.undo' : 'redrive.cancel')}
        </Button>
      )}
      {cancel.error !== null && (
        <p className={styles.problem} role="alert">
          {sentence(cancel.error, 'cancel')}
        </p>
      )}
    </article>
  );
}
