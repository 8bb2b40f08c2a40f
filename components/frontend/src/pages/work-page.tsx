import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { Suspense, useCallback, useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { JobDto } from '@tessera/contracts';
import type { ApiError } from '../api/api-error.ts';
import { useJobs } from '../api/use-jobs.ts';
import { announce } from '../app/announce.ts';
import { useParts } from '../app/parts.ts';
import { PreviewPane } from '../features/pipeline/builder-parts.ts';
import { isComplete, pipelineOf, stepsIn8 } from '../features/pipeline/draft.ts';
import { operationList } from '../features/pipeline/operation-list.ts';
import { PipelinePanel } from '../features/pipeline/panel.tsx';
import { stepProblems } from '../features/pipeline/preview/step-problems.ts';
import { StartBar } from '../features/pipeline/start/start-bar.tsx';
import { useRunShare } from '../features/pipeline/start/use-run-share.ts';
import { useEstimate } from '../features/pipeline/start/use-estimate.ts';
import { useStart } from '../features/pipeline/start/use-start.ts';
import { useDraft } from '../features/pipeline/use-draft.ts';
import { useDraftAddress } from '../features/pipeline/use-draft-address.ts';
import { useSelection } from '../features/pipeline/use-selection.ts';
import { AddImages } from '../features/upload/add-images.tsx';
import { Tray } from '../features/upload/tray.tsx';
import { isRaster } from '../features/upload/upload-item.ts';
import styles from './work-page.module.css';
import { latePart } from '../app/late-part.ts';

/** Fetched when there are jobs to show. */
const RecentJobs = latePart(async () => (await import('../features/history/recent-jobs.tsx')).RecentJobs);

/** From this width the images, the picture and the pipeline stand side by side. */
const WIDE = '(min-width: 1024px)';

/** The images, the one that is looked at, what is to be done with them, and the button that starts it. */
export function WorkPage() {
  const { tray } = useParts();
  const words = useTranslations('pipeline');
  const problems = useTranslations('problem.what');
  const wrong = useLocale() === 'en' ? undefined : problems('INVALID_PIPELINE');
  const navigate = useNavigate();
  const uploads = useSyncExternalStore(tray.subscribe, tray.items);
  const { draft } = useDraft();
  useDraftAddress();
  const jobs = useJobs();
  const ready = jobs.data !== undefined;
  const operations = useQuery({ ...operationList, enabled: ready });
  const complete = operations.data !== undefined && isComplete(draft, operations.data);
  const [failure, setFailure] = useState<ApiError>();
  const onError = useCallback((error: ApiError | undefined) => setFailure(error), []);

  const { selected, select } = useSelection(uploads);
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  // The tray shows at once what came; all else follows without holding it up.
  const settled = useDeferredValue(uploads);
  const pictures = settled.filter((item) => !isRaster(item));
  const images = pictures.flatMap(({ image }) => image?.id ?? []);
  const deep = pictures.some(({ image }) => image?.depth === 16);
  // What would be refused can be looked at all the same: previews are of 8 bits.
  const startable = complete && (!deep || stepsIn8(draft, operations.data).size === 0);
  const estimate = useEstimate(draft, images, startable);
  const pages = useRouter();

  const show = async (started: readonly JobDto[]): Promise<void> => {
    const [first] = started;
    if (!first) return;
    announce(words('start.started', { jobs: started.length }), 'start');
    await (started.length > 1 && first.batch !== null
      ? navigate({ to: '/w/$batch', params: { batch: first.batch } })
      : navigate({ to: '/jobs/$job', params: { job: first.id } }));
  };
  const starting = useStart(draft, show);
  const share = useRunShare(settled, starting.early);
  const start = (): void => {
    // Their page is at hand when the jobs are.
    const { '/jobs/$job': job, '/w/$batch': batch } = pages.routesById;
    void pages.loadRouteChunk(pictures.length > 1 ? batch : job);
    starting.start();
  };

  const looked = useDeferredValue(selected);
  const picture = useMemo(
    () =>
      looked && (
        <Suspense fallback={<Skeleton height="100%" radius={12} />}>
          <PreviewPane item={looked} pipeline={complete ? pipelineOf(draft) : undefined} onError={onError} />
        </Suspense>
      ),
    [looked, complete, draft, onError],
  );
  const names = JSON.stringify(pictures.map(({ name }) => name));
  const panel = useMemo(
    () => (
      <PipelinePanel
        ready={ready}
        files={JSON.parse(names) as readonly string[]}
        deep={deep}
        problems={stepProblems(draft, failure, wrong)}
      />
    ),
    [ready, names, deep, draft, failure, wrong],
  );

  return (
    <div className={styles.work} data-empty={uploads.length === 0 || undefined}>
      <div className={styles.tray} data-part="images">
        <AddImages tray={tray} compact={uploads.length > 0} />
        <Tray
          tray={tray}
          layout={isWide ? 'list' : 'strip'}
          bars={!starting.early}
          selected={selected?.id}
          onSelect={select}
        />
      </div>
      <div className={styles.picture} data-part="picture">
        {uploads.length > 0 ? picture : <Suspense>{jobs.jobs.length > 0 && <RecentJobs />}</Suspense>}
      </div>
      <div className={styles.pipeline} data-part="pipeline">
        {panel}
      </div>
      <StartBar
        uploads={settled}
        complete={startable}
        estimate={estimate}
        starting={starting}
        share={share}
        onStart={start}
      />
    </div>
  );
}
