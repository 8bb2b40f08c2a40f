import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Deliveries } from '../deliveries/deliveries.tsx';
import { BatchGrid } from './batch-grid.tsx';
import { BatchHead } from './batch-head.tsx';
import { BATCH_FILTERS, shownJobs, type BatchFilter } from './batch-standing.ts';
import styles from './batch.module.css';

const route = getRouteApi('/w/$batch');

/** Jobs that were submitted together: one line for all, then each. */
export function BatchView({ batch, jobs }: { readonly batch: string; readonly jobs: readonly JobDto[] }) {
  const words = useTranslations('watch.batch');
  const { show = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = useMemo(() => shownJobs(jobs, show), [jobs, show]);
  // Whichever job is asked of tells of the batch; once all have ended there may be something to tell.
  const last = jobs.every(({ state }) => state !== 'queued' && state !== 'running') ? jobs.at(-1) : undefined;
  return (
    <div className={styles.batch}>
      <BatchHead batch={batch} jobs={jobs} />
      <div>
        <SegmentedControl<BatchFilter>
          size="xs"
          aria-label={words('show')}
          value={show}
          onChange={(next) =>
            void navigate({ search: next === 'all' ? {} : { show: next }, replace: true, resetScroll: false })
          }
          data={BATCH_FILTERS.map((value) => ({ value, label: words(`filter.${value}`) }))}
        />
      </div>
      {shown.length === 0 ? <p className={styles.empty}>{words('empty')}</p> : <BatchGrid jobs={shown} />}
      {last && <Deliveries key={last.id} job={last} batchOnly />}
    </div>
  );
}
