import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { IconDownload, IconRefresh, IconRepeat, IconX } from '@tabler/icons-react';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { cancelJob, getJob, redriveJob } from '../../api/calls.ts';
import { putJobs, type JobPages } from '../../api/job-pages.ts';
import { JOBS_KEY } from '../../api/use-jobs.ts';
import { Problem } from '../problem/problem.tsx';
import styles from './job-card.module.css';

interface JobActionsProps {
  readonly job: JobDto;
  readonly onTakeAgain: (job: JobDto) => Promise<void>;
}

/** What can be done with a job in its state. */
export function JobActions({ job, onTakeAgain }: JobActionsProps) {
  const queries = useQueryClient();
  const show = (news: JobDto): void => {
    queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, [news]));
  };
  const cancel = useMutation({
    mutationFn: async () => {
      await cancelJob(job.id);
      return getJob(job.id);
    },
    onSuccess: show,
  });
  const redrive = useMutation({ mutationFn: () => redriveJob(job.id), onSuccess: show });
  const takeAgain = useMutation({ mutationFn: () => onTakeAgain(job) });
  const failed = [cancel, redrive, takeAgain].find(({ error }) => error)?.error;
  const open = job.state === 'queued' || job.state === 'running';

  return (
    <>
      <div className={styles.actions}>
        {job.result && (
          <Button component="a" href={job.result.url} download size="sm" leftSection={<IconDownload size={16} />}>
            Download
          </Button>
        )}
        {open && (
          <Button
            size="sm"
            variant="default"
            loading={cancel.isPending}
            leftSection={<IconX size={16} />}
            onClick={() => cancel.mutate()}
          >
            Cancel
          </Button>
        )}
        {job.state === 'failed' && (
          <Button
            size="sm"
            loading={redrive.isPending}
            leftSection={<IconRefresh size={16} />}
            onClick={() => redrive.mutate()}
          >
            Try again
          </Button>
        )}
        {!open && (
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            loading={takeAgain.isPending}
            leftSection={<IconRepeat size={16} />}
            onClick={() => takeAgain.mutate()}
          >
            Use again
          </Button>
        )}
      </div>
      {failed && <Problem error={failed instanceof ApiError ? failed : unreachable()} undertaking="job" />}
    </>
  );
}
