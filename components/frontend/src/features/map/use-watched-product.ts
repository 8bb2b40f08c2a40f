import { useEffect } from 'react';
import { useJobs } from '../../api/use-jobs.ts';
import { useParts } from '../../app/parts.ts';

/** Has the page's one stream tell of a product that is not the visitor's own. */
export function useWatchedProduct(id: string | undefined): void {
  const { watched } = useParts();
  const list = useJobs();
  const isForeign = id !== undefined && list.data !== undefined && !list.jobs.some((own) => own.id === id);
  useEffect(() => {
    if (isForeign) watched.watchJob(id);
  }, [watched, id, isForeign]);
}
