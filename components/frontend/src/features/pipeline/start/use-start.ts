import { useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { useRef, useState } from 'react';
import { ApiError, unreachable } from '../../../api/api-error.ts';
import { createJobs } from '../../../api/calls.ts';
import { putJobs, type JobPages } from '../../../api/job-pages.ts';
import { batchKey } from '../../../api/use-batch.ts';
import { JOBS_KEY } from '../../../api/use-jobs.ts';
import type { EarlyStarts } from '../../upload/early-starts.ts';
import { isUnderWay } from '../../upload/upload-item.ts';
import type { UploadTray } from '../../upload/upload-tray.ts';
import { requestOf, type Draft } from '../draft.ts';

/** Images that one request may name. */
const MOST_IMAGES = 1000;

export interface Start {
  readonly state: 'idle' | 'waiting' | 'starting';
  /** Whether the start was asked for while files were still being sent. */
  readonly early: boolean;
  readonly error: ApiError | undefined;
  /** Starts the draft as it is now, as soon as all uploads have ended; `show` goes to the jobs, of which there may be none. */
  readonly start: (show: (jobs: readonly JobDto[]) => Promise<void>) => Promise<void>;
  /** Calls off what still waits for uploads. */
  readonly callOff: () => void;
}

/** Starts the draft on the images of the tray; the images that were started leave it. */
export function useStart(tray: UploadTray, earlyStarts: EarlyStarts, draft: Draft): Start {
  const queries = useQueryClient();
  const [state, setState] = useState<Start['state']>('idle');
  const [early, setEarly] = useState(false);
  const [error, setError] = useState<ApiError>();
  const waiting = useRef<AbortController>(undefined);

  const start: Start['start'] = async (show) => {
    const calledOff = new AbortController();
    const isEarly = tray.items().some(isUnderWay);
    waiting.current = calledOff;
    setState('waiting');
    setEarly(isEarly);
    setError(undefined);
    const started: JobDto[] = [];
    const gone: string[] = [];
    try {
      await tray.settled();
      if (calledOff.signal.aborted) return;
      setState('starting');
      const ready = tray.items().flatMap(({ id, image }) => (image ? [{ id, image }] : []));
      for (let first = 0; first < ready.length; first += MOST_IMAGES) {
        const part = ready.slice(first, first + MOST_IMAGES);
        const images = part.map(({ image }) => image.id);
        const jobs = await createJobs(requestOf(draft, images));
        if (isEarly) earlyStarts.note(jobs);
        started.push(...jobs);
        gone.push(...part.map(({ id }) => id));
        queries.setQueryData<JobPages>(JOBS_KEY, (pages) => putJobs(pages, jobs));
        // The page of the batch need not ask for it before it shows something.
        const batch = jobs[0]?.batch;
        if (typeof batch === 'string') queries.setQueryData(batchKey(batch), jobs);
      }
    } catch (cause) {
      if (!calledOff.signal.aborted) setError(cause instanceof ApiError ? cause : unreachable());
    } finally {
      // The tray is emptied behind the page that comes, so that nothing jumps and the bar stays.
      await show(started).finally(() => {
        for (const id of gone) tray.remove(id);
      });
      if (waiting.current === calledOff) {
        setState('idle');
        setEarly(false);
      }
    }
  };

  const callOff = (): void => {
    waiting.current?.abort();
    waiting.current = undefined;
    setState('idle');
    setEarly(false);
  };

  return { state, early, error, start, callOff };
}
