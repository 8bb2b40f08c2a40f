import { useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { useRef, useState } from 'react';
import { ApiError, unreachable } from '../../../api/api-error.ts';
import { createJobs } from '../../../api/calls.ts';
import { putJobs, type JobPages } from '../../../api/job-pages.ts';
import { JOBS_KEY } from '../../../api/use-jobs.ts';
import type { UploadTray } from '../../upload/upload-tray.ts';
import { requestOf, type Draft } from '../draft.ts';

/** Images that one request may name. */
const MOST_IMAGES = 1000;

export interface Start {
  readonly state: 'idle' | 'waiting' | 'starting';
  readonly error: ApiError | undefined;
  /** Starts the draft as it is now, as soon as all uploads have ended; gives the jobs, none if it was called off. */
  readonly start: () => Promise<readonly JobDto[]>;
  /** Calls off what still waits for uploads. */
  readonly callOff: () => void;
}

/** Starts the draft on the images of the tray; the images that were started leave it. */
export function useStart(tray: UploadTray, draft: Draft): Start {
  const queries = useQueryClient();
  const [state, setState] = useState<Start['state']>('idle');
  const [error, setError] = useState<ApiError>();
  const waiting = useRef<AbortController>(undefined);

  const start = async (): Promise<readonly JobDto[]> => {
    const calledOff = new AbortController();
    waiting.current = calledOff;
    setState('waiting');
    setError(undefined);
    const started: JobDto[] = [];
    try {
      await tray.settled();
      if (calledOff.signal.aborted) return [];
      setState('starting');
      const ready = tray.items().flatMap(({ id, image }) => (image ? [{ id, image }] : []));
      for (let first = 0; first < ready.length; first += MOST_IMAGES) {
        const part = ready.slice(first, first + MOST_IMAGES);
        const images = part.map(({ image }) => image.id);
        const jobs = await createJobs(requestOf(draft, images));
        started.push(...jobs);
        queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, jobs));
        for (const { id } of part) tray.remove(id);
      }
      return started;
    } catch (cause) {
      if (!calledOff.signal.aborted) setError(cause instanceof ApiError ? cause : unreachable());
      return started;
    } finally {
      if (waiting.current === calledOff) setState('idle');
    }
  };

  const callOff = (): void => {
    waiting.current?.abort();
    waiting.current = undefined;
    setState('idle');
  };

  return { state, error, start, callOff };
}
