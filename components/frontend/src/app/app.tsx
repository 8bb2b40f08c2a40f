import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { deleteJobs } from '../api/delete-job.ts';
import { dropJobs } from '../api/drop-jobs.ts';
import { uploadImage } from '../api/upload-image.ts';
import { Deletions } from '../features/history/deletions.ts';
import { Watched } from '../api/watched.ts';
import { makeThumbnail } from '../features/upload/make-thumbnail.ts';
import { ThumbnailMemory } from '../features/upload/thumbnail-memory.ts';
import { UploadTray } from '../features/upload/upload-tray.ts';
import { MachineMemory } from '../features/watch/machine-memory.ts';
import type { Messages } from '../messages/index.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import type { Locale } from './locale.ts';
import { Localized } from './localized.tsx';
import { createPages } from './routes.tsx';

/** Refused calls are not repeated: only an unreachable or busy server may answer otherwise the next time. */
function mayRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.code === 'UNREACHABLE' || error.status >= 500);
}

function createParts(storage: Storage | undefined) {
  const thumbnails = new ThumbnailMemory(storage);
  const tray = new UploadTray({
    send: uploadImage,
    makeThumbnail,
    keepThumbnail: (image, url) => {
      thumbnails.keep(image, url);
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  // A server on this machine or in this house can be reached without the internet: always try.
  const networkMode = 'always';
  const queries = new QueryClient({
    defaultOptions: { queries: { networkMode, retry: mayRetry, retryDelay: 1000 }, mutations: { networkMode } },
  });
  const colorScheme = localStorageColorSchemeManager({ key: 'tessera-color-scheme' });
  const deletions = new Deletions({
    deleteJobs,
    onGone: (jobs) => dropJobs(queries, jobs),
    now: () => performance.now(),
  });
  const watched = new Watched();
  const machines = new MachineMemory(storage);
  return { queries, colorScheme, pages: createPages({ tray, thumbnails, deletions, watched, machines }) };
}

interface AppProps {
  readonly language: { readonly locale: Locale; readonly messages: Messages };
  readonly storage: Storage | undefined;
}

/** The page and all that lives as long as it. */
export function App({ language, storage }: AppProps) {
  const [{ queries, colorScheme, pages }] = useState(() => createParts(storage));
  return (
    <QueryClientProvider client={queries}>
      <Localized initial={language} storage={storage}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          colorSchemeManager={colorScheme}
          defaultColorScheme="auto"
        >
          <RouterProvider router={pages} />
        </MantineProvider>
      </Localized>
    </QueryClientProvider>
  );
}
