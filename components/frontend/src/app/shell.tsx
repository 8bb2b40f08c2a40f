import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useJobs } from '../api/use-jobs.ts';
import { useLive } from '../api/use-live.ts';
import { DropAnywhere } from '../features/upload/drop-anywhere.tsx';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import styles from './page.module.css';
import { useParts } from './parts.ts';
import { SkipLink } from './skip-link.tsx';
import { UnreachableBanner } from './unreachable-banner.tsx';

const UndoBars = lazy(async () => ({ default: (await import('../features/history/undo-bars.tsx')).UndoBars }));

/** What every page stands in: the bar above, files dropped anywhere, news of the jobs. */
export function Shell() {
  const { tray, deletions, watched } = useParts();
  const deleting = useSyncExternalStore(deletions.subscribe, deletions.list).length > 0;
  const navigate = useNavigate();
  const jobs = useJobs();
  const loaded = jobs.data !== undefined;
  const live = useLive(watched, loaded);

  const takeFiles = (files: readonly File[]): void => {
    tray.add(files);
    void navigate({ to: '/' });
  };

  return (
    <>
      <SkipLink />
      <Header live={live} />
      {jobs.isError && <UnreachableBanner error={jobs.error} onTryNow={() => void jobs.refetch()} />}
      <main className={styles.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>{deleting && <UndoBars />}</Suspense>
      <DropAnywhere onFiles={takeFiles} />
      <Announcer jobs={jobs.jobs} loaded={loaded} />
    </>
  );
}
