import type { QueryClient } from '@tanstack/react-query';
import type { SiteDto } from '@tessera/contracts';
import { fetchImage } from '../api/fetch-image.ts';
import { forgetUpload, uploadResumably } from '../api/resumable-upload.ts';
import { getSite, SITE_QUERY } from '../api/site.ts';
import { uploadImage } from '../api/upload-image.ts';
import { Connection } from '../features/upload/connection.ts';
import { startLookWorker, WorkerLooker } from '../features/upload/inspect/looker.ts';
import { openBrowserStore } from '../features/upload/keep/browser-store.ts';
import { StoreWriter } from '../features/upload/keep/store-writer.ts';
import { browserClaims } from '../features/upload/keep/tray-claims.ts';
import { BrowserTrayMemory } from '../features/upload/keep/tray-memory.ts';
import { ThumbnailMemory } from '../features/upload/thumbnail-memory.ts';
import { fetchTrayList } from '../features/upload/tray-list-parts.ts';
import { UploadTray } from '../features/upload/upload-tray.ts';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What visitors do before they choose a file, whichever way they choose it. */
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'dragenter'] as const;

/** Everything that brings images to the server and keeps what is under way over a reload. */
export function createUploads(queries: QueryClient) {
  const store = openBrowserStore();
  const writer = new StoreWriter(store);
  const thumbnails = new ThumbnailMemory(store, writer);
  const connection = new Connection({
    probe: async () => {
      queries.setQueryData(SITE_QUERY.queryKey, await getSite());
    },
    wait,
    random: Math.random,
  });
  const looker = new WorkerLooker(startLookWorker, navigator.hardwareConcurrency);
  const tray = new UploadTray({
    transport: { whole: uploadImage, resumably: uploadResumably, fetched: fetchImage, forget: forgetUpload },
    looker,
    memory: new BrowserTrayMemory(store, writer, browserClaims()),
    thumbnails,
    connection,
    limits: async () => {
      const known = queries.getQueryData<SiteDto>(SITE_QUERY.queryKey);
      if (known) return known.limits;
      return queries.query({ ...SITE_QUERY, retry: false }).then(
        ({ limits }) => limits,
        () => undefined,
      );
    },
    wait,
    random: Math.random,
  });

  let begun: Promise<void> | undefined;
  /** Brings back what was kept, once, and listens to the browser; gives the end of listening. */
  const begin = (): (() => void) => {
    begun ??= thumbnails.load().then(() => tray.restore());
    const listening = new AbortController();
    connection.listen(window, listening.signal);
    // A first visit is not kept waiting by what looks at files; the first file is not, either.
    for (const sign of SIGNS_OF_LIFE) {
      const prepare = (): void => {
        looker.warm();
        fetchTrayList();
      };
      window.addEventListener(sign, prepare, { signal: listening.signal, once: true });
    }
    window.addEventListener('pagehide', tray.leave, { signal: listening.signal });
    return () => {
      listening.abort();
    };
  };

  return { tray, thumbnails, connection, begin };
}
