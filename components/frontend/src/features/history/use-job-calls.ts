import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { createJobs, getJob, cancelJob, redriveJob } from '../../api/calls.ts';
import { putJobs, type JobPages } from '../../api/job-pages.ts';
import { JOBS_KEY } from '../../api/use-jobs.ts';
import { jobKey } from '../../api/use-job.ts';
import { requestsAgain } from './job-request-of.ts';
import { useReplaceJobs } from './use-history.ts';

/** What can be done with jobs in a list besides deleting them; each shows the jobs as they are afterwards. */
export function useJobCalls() {
  const queries = useQueryClient();
  const replace = useReplaceJobs();
  const show = (job: JobDto): void => {
    replace([job]);
    queries.setQueryData(jobKey(job.id), job);
  };
  const redrive = useMutation({ mutationFn: (job: JobDto) => redriveJob(job.id), onSuccess: show });
  const cancel = useMutation({
    mutationFn: async (job: JobDto) => {
      await cancelJob(job.id);
      return getJob(job.id);
    },
    onSuccess: show,
  });
  const again = useMutation({
    mutationFn: async (jobs: readonly JobDto[]) => {
      const made: JobDto[] = [];
      for (const request of requestsAgain(jobs)) made.push(...(await createJobs(request)));
      return made;
    },
    onSuccess: (made) => queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, made)),
  });
  return { redrive, cancel, again };
}
