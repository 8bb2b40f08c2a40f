import { useReducer, useSyncExternalStore } from 'react';
import type { JobDto } from '@tessera/contracts';
import { getImage } from '../api/calls.ts';
import { useJobs } from '../api/use-jobs.ts';
import { useLive } from '../api/use-live.ts';
import { Composer } from '../features/pipeline/composer.tsx';
import { EMPTY_DRAFT, changeDraft } from '../features/pipeline/draft.ts';
import { JobBoard } from '../features/jobs/job-board.tsx';
import { DropAnywhere } from '../features/upload/drop-anywhere.tsx';
import type { ThumbnailMemory } from '../features/upload/thumbnail-memory.ts';
import type { UploadTray } from '../features/upload/upload-tray.ts';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import styles from './page.module.css';
import { UnreachableBanner } from './unreachable-banner.tsx';

interface PageProps {
  readonly tray: UploadTray;
  readonly thumbnails: ThumbnailMemory;
}

/** The whole page: what to do on one side, the jobs on the other. */
export function Page({ tray, thumbnails }: PageProps) {
  const uploads = useSyncExternalStore(tray.subscribe, tray.items);
  const [draft, change] = useReducer(changeDraft, EMPTY_DRAFT);
  const jobs = useJobs();
  const loaded = jobs.data !== undefined;
  const live = useLive(loaded);

  const takeAgain = async (job: JobDto): Promise<void> => {
    tray.addStored(await getImage(job.image.id), thumbnails.find(job.image.id));
    change({ type: 'load', job });
    document.getElementById('composer')?.scrollIntoView({ block: 'start' });
  };

  return (
    <>
      <a className={styles.skip} href="#jobs">
        Skip to the jobs
      </a>
      <Header live={live} />
      {jobs.isError && <UnreachableBanner error={jobs.error} onTryNow={() => void jobs.refetch()} />}
      <main className={styles.main}>
        <Composer ready={loaded} tray={tray} uploads={uploads} draft={draft} change={change} />
        <JobBoard jobs={jobs} thumbnails={thumbnails} onTakeAgain={takeAgain} />
      </main>
      <DropAnywhere onFiles={(files) => tray.add(files)} />
      <Announcer jobs={jobs.jobs} loaded={loaded} />
    </>
  );
}
