import { Skeleton } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../api/api-error.ts';
import { useBatch } from '../api/use-batch.ts';
import { useJobs } from '../api/use-jobs.ts';
import { NotFound } from '../app/not-found.tsx';
import { useParts } from '../app/parts.ts';
import { useRunNews } from '../app/use-run-news.ts';
import { BatchView } from '../features/batch/batch-view.tsx';
import { Problem } from '../features/problem/problem.tsx';
import { WatchWords } from '../features/watch/watch-words.tsx';

const NONE = [] as const;

/** Jobs that were submitted together, the visitor's own or opened by link. */
export function BatchPage() {
  return (
    <WatchWords>
      <Batch />
    </WatchWords>
  );
}

function Batch() {
  const { batch } = useParams({ from: '/w/$batch' });
  const words = useTranslations('watch');
  const { watched } = useParts();
  const { data: jobs, error } = useBatch(batch);
  const list = useJobs();
  const isForeign = list.data !== undefined && !list.jobs.some((own) => own.batch === batch);

  useEffect(() => {
    if (isForeign) watched.watchBatch(batch);
  }, [watched, batch, isForeign]);
  useRunNews(isForeign && jobs ? jobs : NONE, isForeign && jobs !== undefined);

  if (jobs) return <BatchView key={batch} batch={batch} jobs={jobs} />;
  if (error instanceof ApiError && error.status === 404) return <NotFound of="batch" />;
  if (error) return <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="job" />;
  return <Skeleton height="70dvh" radius={12} aria-label={words('loading')} />;
}
