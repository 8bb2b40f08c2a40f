import { useReducer, useSyncExternalStore } from 'react';
import type { JobDto } from '@tessera/contracts';
import { getImage } from '../api/calls.ts';
import { useJobs } from '../api/use-jobs.ts';
import { useParts } from '../app/parts.ts';
import { Composer } from '../features/pipeline/composer.tsx';
import { EMPTY_DRAFT, changeDraft } from '../features/pipeline/draft.ts';
import { JobBoard } from '../features/jobs/job-board.tsx';
import styles from './work-page.module.css';

/** What to do on one side, the jobs on the other. */
export function WorkPage() {
  const { tray, thumbnails } = useParts();
  const uploads = useSyncExternalStore(tray.subscribe, tray.items);
  const [draft, change] = useReducer(changeDraft, EMPTY_DRAFT);
  const jobs = useJobs();

  const takeAgain = async (job: JobDto): Promise<void> => {
    tray.addStored(await getImage(job.image.id));
    change({ type: 'load', job });
    document.getElementById('composer')?.scrollIntoView({ block: 'start' });
  };

  return (
    <div className={styles.work}>
      <Composer ready={jobs.data !== undefined} tray={tray} uploads={uploads} draft={draft} change={change} />
      <JobBoard jobs={jobs} thumbnails={thumbnails} onTakeAgain={takeAgain} />
    </div>
  );
}
