import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { OpsSample } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { getOpsSeries } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { ChartPanel, type Moment } from './chart-panel.tsx';
import { readOpsSearch } from './ops-search.ts';
import { useOps } from './use-ops.ts';
import chartStyles from './chart-panel.module.css';
import styles from './ops.module.css';

type Figure = Exclude<keyof OpsSample, 'at'>;

interface ChartPlan {
  readonly name: 'throughput' | 'pixels' | 'waiting' | 'slots' | 'failures' | 'age' | 'queues';
  readonly curves: readonly { readonly key: Figure; readonly color: string }[];
}

/** What is shown over time; figures of one chart have one unit. */
const OVERVIEW: readonly ChartPlan[] = [
  { name: 'throughput', curves: [{ key: 'tasksPerSecond', color: 'running' }] },
  { name: 'pixels', curves: [{ key: 'megapixelsPerSecond', color: 'done' }] },
  {
    name: 'waiting',
    curves: [
      { key: 'ready', color: 'waiting-text' },
      { key: 'inFlight', color: 'running' },
    ],
  },
  {
    name: 'slots',
    curves: [
      { key: 'busySlots', color: 'running' },
      { key: 'slots', color: 'waiting-text' },
    ],
  },
  {
    name: 'failures',
    curves: [
      { key: 'failedPerSecond', color: 'retrying' },
      { key: 'deadPerSecond', color: 'failed' },
    ],
  },
  { name: 'age', curves: [{ key: 'oldestReadySeconds', color: 'retrying' }] },
];
const QUEUES: readonly ChartPlan[] = [
  {
    name: 'queues',
    curves: [
      { key: 'tasks', color: 'running' },
      { key: 'events', color: 'done' },
      { key: 'dead', color: 'failed' },
    ],
  },
  ...OVERVIEW.filter(({ name }) => name === 'waiting' || name === 'age'),
];

/** The site's figures over the last hour or day. */
export function SiteCharts({ of = 'overview' }: { readonly of?: 'overview' | 'queues' }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const navigate = useNavigate();
  const { span = 'hour' } = readOpsSearch(useSearch({ strict: false }));
  const series = useOps(['series', span], (signal) => getOpsSeries(span, signal), 5000);
  const samples = series.data?.samples;
  const moments = useMemo(
    (): readonly Moment[] => (samples ?? []).map(({ at, ...values }) => ({ at: Date.parse(at), values })),
    [samples],
  );
  return (
    <section className={styles.section} aria-label={words('chart.all')}>
      <div className={styles.row}>
        <h3>{words('chart.all')}</h3>
        <SegmentedControl
          size="xs"
          value={span}
          aria-label={words('chart.span')}
          data={[
            { value: 'hour', label: words('chart.hour') },
            { value: 'day', label: words('chart.day') },
          ]}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: value === 'day' ? { span: value } : {},
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      <div className={chartStyles.grid}>
        {(of === 'queues' ? QUEUES : OVERVIEW).map(({ name, curves }) => (
          <ChartPanel
            key={name}
            title={words(`charts.${name}`)}
            curves={curves.map(({ key, color }) => ({
              key,
              title: words(`curves.${key}`),
              color: `var(--tessera-${color})`,
            }))}
            moments={moments}
            format={formats.amount}
          />
        ))}
      </div>
      {series.data !== undefined && (
        <p className={styles.small}>{words('chart.own', { since: formats.dateTime(new Date(series.data.since)) })}</p>
      )}
    </section>
  );
}
