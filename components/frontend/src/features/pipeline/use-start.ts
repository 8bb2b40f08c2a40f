import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { createJobs } from '../../api/calls.ts';
import { putJobs, type JobPages } from '../../api/job-pages.ts';
import { JOBS_KEY } from '../../api/use-jobs.ts';
import type { UploadTray } from '../upload/upload-tray.ts';
import { requestOf, type Draft } from './draft.ts';

/** Images that one request may name. */
const MOST_IMAGES = 1000;

/** Starts the draft on the images of the tray once all uploads have ended; the images that were started leave it. */
export function useStart(tray: UploadTray, draft: Draft) {
  const queries = useQueryClient();
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<ApiError>();

  const start = async (): Promise<void> => {
    setStarting(true);
    setError(undefined);
    try {
      await tray.settled();
      const ready = tray.items().flatMap(({ id, image }) => (image ? [{ id, image }] : []));
      for (let first = 0; first < ready.length; first += MOST_IMAGES) {
        const part = ready.slice(first, first + MOST_IMAGES);
        const images = part.map(({ image }) => image.id);
        const jobs = await createJobs(requestOf(draft, images));
        queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, jobs));
        for (const { id } of part) tray.remove(id);
      }
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : unreachable());
    } finally {
      setStarting(false);
    }
  };

  return { start, starting, error };
}
