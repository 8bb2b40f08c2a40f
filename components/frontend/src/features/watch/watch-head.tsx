import { Button } from '@mantine/core';
import { IconArrowLeft, IconRefresh, IconX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { BatchLink } from '../batch/batch-link.tsx';
import { CopyLink } from '../history/copy-link.tsx';
import { useJobCalls } from '../history/use-job-calls.ts';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { Problem } from '../problem/problem.tsx';
import { ProgressLine } from './progress-line.tsx';
import styles from './watch.module.css';

interface WatchHeadProps {
  readonly job: JobDto;
  readonly retrying: number;
}

const route = getRouteApi('/jobs/$job');

/** Name, progress and what can be done with a job that is watched. */
export function WatchHead({ job, retrying }: WatchHeadProps) {
  const pipelineSentence = usePipelineSentence();
  const words = useTranslations('watch');
  const navigate = route.useNavigate();
  const { cancel, redrive } = useJobCalls();
  const { state, image, error } = job;
  const open = state === 'queued' || state === 'running';
  const refused = [cancel, redrive].find((call) => call.error)?.error;
  const close = (): void => {
    void navigate({ search: ({ t: _t, by: _by, table: _table, ...others }) => others });
  };

  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <div>
          <BatchLink job={job} />
          <h2>
            <bdi>{image.name}</bdi>
          </h2>
          <p className={styles.pipeline}>{pipelineSentence(job)}</p>
        </div>
        <div className={styles.actions}>
          {state === 'done' && (
            <Button leftSection={<IconArrowLeft className={styles.back} size={16} aria-hidden />} onClick={close}>
              {words('replay.close')}
            </Button>
          )}
          {state === 'failed' && (
            <Button
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={redrive.isPending}
              onClick={() => redrive.mutate(job)}
            >
              {words('again')}
            </Button>
          )}
          <CopyLink look="button" name={image.name} />
          {open && (
            <Button
              variant="default"
              leftSection={<IconX size={16} aria-hidden />}
              loading={cancel.isPending}
              onClick={() => cancel.mutate(job)}
            >
              {words('cancel')}
            </Button>
          )}
        </div>
      </div>
      <ProgressLine job={job} retrying={retrying} />
      {error && <Problem error={error} undertaking="job" />}
      {refused && <Problem error={refused instanceof ApiError ? refused : unreachable()} undertaking="job" />}
    </header>
  );
}
