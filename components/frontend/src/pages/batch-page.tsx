import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '../api/api-error.ts';
import { useBatch } from '../api/use-batch.ts';
import { NotFound } from '../app/not-found.tsx';

/** Jobs that were submitted together. */
export function BatchPage() {
  const { batch } = useParams({ from: '/w/$batch' });
  const { data: jobs, error } = useBatch(batch);
  if (!jobs) return error instanceof ApiError && error.status === 404 ? <NotFound /> : null;
  return (
    <ul>
      {jobs.map((job) => (
        <li key={job.id}>
          <Link to="/jobs/$job" params={{ job: job.id }}>
            {job.image.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
