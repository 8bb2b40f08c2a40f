import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { createJobs } from '../api/calls.ts';
import { deleteJobs } from '../api/delete-job.ts';
import { dropJobs } from '../api/drop-jobs.ts';
import { putJobs, type JobPages } from '../api/job-pages.ts';
import { batchKey } from '../api/use-batch.ts';
import { JOBS_KEY } from '../api/use-jobs.ts';
import { Deletions } from '../features/history/deletions.ts';
import { Watched } from '../api/watched.ts';
import { EarlyStarts } from '../features/upload/early-starts.ts';
import { Starter } from '../features/pipeline/start/starter.ts';
import { DraftStore } from '../features/pipeline/draft-store.ts';
import { MachineMemory } from '../features/watch/machine-memory.ts';
import { DroppedElsewhere } from './dropped-elsewhere.ts';
import type { FirstMessages } from '../messages/index.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import { createUploads } from './create-uploads.ts';
import type { Locale } from './locale.ts';
import { Localized } from './localized.tsx';
import { createPages } from './routes.tsx';

/** Refused calls are not repeated: only an unreachable or busy server may answer otherwise the next time. */
function mayRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.code === 'UNREACHABLE' || error.status >= 500);
}

function createParts(storage: Storage | undefined, session: Storage | undefined) {
  // A server on this machine or in this house can be reached without the internet: always try.
  const networkMode = 'always';
  const queries = new QueryClient({
    defaultOptions: { queries: { networkMode, retry: mayRetry, retryDelay: 1000 }, mutations: { networkMode } },
  });
  const uploads = createUploads(queries);
  const colorScheme = localStorageColorSchemeManager({ key: 'tessera-color-scheme' });
  const deletions = new Deletions({
    deleteJobs,
    onGone: (jobs) => dropJobs(queries, jobs),
    now: () => performance.now(),
  });
  const watched = new Watched();
  const dropped = new DroppedElsewhere();
  const machines = new MachineMemory(storage);
  const drafts = new DraftStore();
  const earlyStarts = new EarlyStarts(storage);
  const starter = new Starter({
    tray: uploads.tray,
    earlyStarts,
    create: createJobs,
    onJobs: (jobs) => {
      queries.setQueryData<JobPages>(JOBS_KEY, (known) => putJobs(known, jobs));
      // The page of the batch need not ask for it before it shows something.
      const batch = jobs[0]?.batch;
      if (typeof batch === 'string') queries.setQueryData(batchKey(batch), jobs);
    },
    storage: session,
  });
  const pages = createPages({ ...uploads, drafts, earlyStarts, starter, deletions, watched, dropped, machines });
  return { queries, colorScheme, uploads, starter, pages };
}

interface AppProps {
  readonly language: { readonly locale: Locale; readonly messages: FirstMessages };
  readonly storage: Storage | undefined;
  /** Lasts as long as the tab. */
  readonly session: Storage | undefined;
}

/** The page and all that lives as long as it. */
export function App({ language, storage, session }: AppProps) {
  const [{ queries, colorScheme, uploads, starter, pages }] = useState(() => createParts(storage, session));
  useEffect(() => uploads.begin(), [uploads]);
  useEffect(() => void starter.resume(), [starter]);
  return (
    <QueryClientProvider client={queries}>
      <Localized initial={language} storage={storage}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          colorSchemeManager={colorScheme}
          defaultColorScheme="auto"
          deduplicateCssVariables={false}
        >
          <RouterProvider router={pages} />
        </MantineProvider>
      </Localized>
    </QueryClientProvider>
  );
}
