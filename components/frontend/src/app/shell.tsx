import { Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { unreachable } from '../api/api-error.ts';
import { useJobs } from '../api/use-jobs.ts';
import { useLive } from '../api/use-live.ts';
import type { Arrival } from '../features/upload/arrival.ts';
import { DropAnywhere } from '../features/upload/drop-anywhere.tsx';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import styles from './page.module.css';
import { useParts } from './parts.ts';
import { SkipLink } from './skip-link.tsx';
import { UnreachableBanner } from './unreachable-banner.tsx';
import { latePart } from './late-part.ts';

const UndoBars = latePart(async () => (await import('../features/history/undo-bars.tsx')).UndoBars);

/** What every page stands in: the bar above, files dropped anywhere, news of the jobs. */
export function Shell() {
  const { tray, connection, deletions, watched, dropped } = useParts();
  useEffect(() => {
    const flush = (): void => deletions.flush();
    window.addEventListener('pagehide', flush);
    return () => window.removeEventListener('pagehide', flush);
  }, [deletions]);
  const deleting = useSyncExternalStore(deletions.subscribe, deletions.list).length > 0;
  const away = useSyncExternalStore(connection.subscribe, connection.away);
  const router = useRouter();
  const jobs = useJobs();
  const loaded = jobs.data !== undefined;
  const live = useLive(watched, loaded);

  // Uploads notice first that the server is back; what is shown of jobs follows them.
  const { refetch, isError } = jobs;
  const onBack = useEffectEvent(() => {
    if (isError) void refetch();
  });
  useEffect(() => {
    if (!away) onBack();
  }, [away]);

  const tryNow = (): void => {
    void connection.doubt();
    void refetch();
  };

  const takeFiles = (files: readonly Arrival[]): void => {
    if (dropped.offer(files.map(({ file }) => file))) return;
    tray.add(files);
    if (router.state.location.pathname !== '/') void router.navigate({ to: '/' });
  };

  return (
    <>
      <SkipLink />
      <Header live={live} />
      {(away || isError) && <UnreachableBanner error={jobs.error ?? unreachable()} onTryNow={tryNow} />}
      <main className={styles.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>{deleting && <UndoBars />}</Suspense>
      <DropAnywhere onFiles={takeFiles} />
      <Announcer jobs={jobs.jobs} loaded={loaded} />
    </>
  );
}
