import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { JobDto, TaskChange, TaskDto } from '@tessera/contracts';
import { useEffect, useState } from 'react';
import { EventStream, type EventListeners } from './event-stream.ts';
import { jobsOf, putJobs, type JobPages } from './job-pages.ts';
import { putTasks } from './put-tasks.ts';
import { mergeJob } from './merge-job.ts';
import { batchKey, putBatchJobs, type BatchJobs } from './use-batch.ts';
import { jobKey } from './use-job.ts';
import { isUnderWay } from './is-under-way.ts';
import { JOBS_KEY } from './use-jobs.ts';
import { tasksKey } from './use-tasks.ts';
import type { Watched } from './watched.ts';

const stagesDone = (job: JobDto | undefined): number =>
  job?.stages.filter(({ tasks, done }) => done >= tasks).length ?? 0;

function createListeners(queries: QueryClient, watched: Watched, onState: (state: LiveState) => void): EventListeners {
  const isNamed = ({ id, batch }: JobDto): boolean => {
    const { jobs, batches } = watched.names();
    return jobs.includes(id) || (batch !== null && batches.includes(batch));
  };

  const takeJobs = (arrived: readonly JobDto[]): void => {
    const listed = new Map(jobsOf(queries.getQueryData<JobPages>(JOBS_KEY)).map((job) => [job.id, job]));
    const known = new Map(
      arrived.map((job) => [job.id, listed.get(job.id) ?? queries.getQueryData<JobDto>(jobKey(job.id))]),
    );
    // Jobs that were opened by link and are in no list of the visitor's are not listed.
    const own = arrived.filter((job) => listed.has(job.id) || !isNamed(job));
    queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, own));
    for (const [batch, own] of Map.groupBy(arrived, (job) => job.batch)) {
      if (batch !== null) queries.setQueryData<BatchJobs>(batchKey(batch), (jobs) => putBatchJobs(jobs, own));
    }
    for (const job of arrived) {
      queries.setQueryData<JobDto>(jobKey(job.id), (shown) => shown && mergeJob(shown, job));
      // A new stage brings tasks that nobody has announced yet.
      const before = known.get(job.id);
      const moved = stagesDone(job) !== stagesDone(before) || job.state !== before?.state;
      if (moved) void queries.invalidateQueries({ queryKey: tasksKey(job.id) });
    }
  };

  const takeTasks = (changes: readonly TaskChange[]): void => {
    for (const [job, own] of Map.groupBy(changes, (change) => change.job)) {
      queries.setQueryData<readonly TaskDto[]>(tasksKey(job), (tasks) => tasks && putTasks(tasks, own));
    }
  };

  return {
    onJobs: takeJobs,
    onTasks: takeTasks,
    onOpen: (missed) => {
      onState('open');
      if (missed === 'nothing') return;
      for (const queryKey of [JOBS_KEY, ['tasks'], ['job'], ['batch']]) {
        void queries.invalidateQueries(missed === 'since-lost' ? { queryKey } : { queryKey, predicate: isUnderWay });
      }
    },
    onLost: () => {
      onState('lost');
      // Finds out whether the server is away, or only the stream was cut.
      void queries.invalidateQueries({ queryKey: JOBS_KEY });
    },
  };
}

/** Whether changes arrive as they happen. */
export type LiveState = 'connecting' | 'open' | 'lost';

/**
 * Keeps jobs and tasks up to date by the tab's one stream of events.
 * @param watched jobs and batches that it names besides the visitor's own.
 * @param enabled false until the first answer of the server has set the visitor's cookie, which the stream needs.
 */
export function useLive(watched: Watched, enabled: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!enabled) return;
    const stream = new EventStream(createListeners(queries, watched, setState), watched.names());
    const forget = watched.subscribe(() => stream.rename(watched.names()));
    return () => {
      forget();
      stream.close();
    };
  }, [enabled, queries, watched]);
  return state;
}
