import { useParams } from '@tanstack/react-router';
import { ApiError } from '../api/api-error.ts';
import { useJob } from '../api/use-job.ts';
import { NotFound } from '../app/not-found.tsx';
import { ResultView } from '../features/result/result-view.tsx';
import { WatchView } from '../features/watch/watch-view.tsx';

/** A job at its one address: watched while it runs, its result when it is done. */
export function JobPage() {
  const { job: id } = useParams({ from: '/jobs/$job' });
  const { data: job, error } = useJob(id);
  if (!job) return error instanceof ApiError && error.status === 404 ? <NotFound /> : null;
  return job.result ? <ResultView job={job} result={job.result} /> : <WatchView job={job} />;
}
