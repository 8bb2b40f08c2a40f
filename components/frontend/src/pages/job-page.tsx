import { Skeleton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../api/api-error.ts';
import { useJob } from '../api/use-job.ts';
import { useJobs } from '../api/use-jobs.ts';
import { NotFound } from '../app/not-found.tsx';
import { useParts } from '../app/parts.ts';
import { useRunNews } from '../app/use-run-news.ts';
import { Problem } from '../features/problem/problem.tsx';
import { ResultView } from '../features/result/result-view.tsx';
import { ResultWords } from '../features/result/result-words.tsx';
import { ViewerWords } from '../features/viewer/viewer-words.tsx';
import { WatchView } from '../features/watch/watch-view.tsx';
import { WatchWords } from '../features/watch/watch-words.tsx';

const route = getRouteApi('/jobs/$job');

/** A job at its one address: watched while it runs, its result when it is done, and how it was made on demand. */
export function JobPage() {
  return (
    <WatchWords>
      <ResultWords>
        <ViewerWords>
          <Job />
        </ViewerWords>
      </ResultWords>
    </WatchWords>
  );
}

function Job() {
  const { job: id } = route.useParams();
  const { t } = route.useSearch();
  const words = useTranslations('watch');
  const { watched } = useParts();
  const { data: job, error } = useJob(id);
  const list = useJobs();
  const isOwn = list.jobs.some((own) => own.id === id);
  const isForeign = list.data !== undefined && !isOwn;

  useEffect(() => {
    if (isForeign) watched.watchJob(id);
  }, [watched, id, isForeign]);
  // Of one's own jobs the page tells on every page.
  useRunNews(job && isForeign ? [job] : [], job !== undefined && isForeign);

  if (!job) {
    if (error instanceof ApiError && error.status === 404) return <NotFound of="job" />;
    if (error) return <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="job" />;
    return <Skeleton height="70dvh" radius={12} aria-label={words('loading')} />;
  }
  if (!job.result || t !== undefined) return <WatchView key={id} job={job} />;
  return <ResultView key={id} job={job} result={job.result} />;
}
