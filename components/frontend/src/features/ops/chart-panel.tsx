import { Skeleton } from '@mantine/core';
import { Suspense, useId, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './chart-panel.module.css';
import { thin } from './thin.ts';
import { latePart } from '../../app/late-part.ts';

const TimeChart = latePart(async () => (await import('./time-chart.tsx')).TimeChart);

/** Points of a chart, and rows of its table: more can not be seen. */
const POINTS = 180;
const ROWS = 30;

export interface Curve {
  readonly key: string;
  readonly title: string;
  /** A token of the theme. */
  readonly color: string;
}

export interface Moment {
  /** Milliseconds of the clock. */
  readonly at: number;
  /** By the key of the curve; `null`: nobody could say. */
  readonly values: Readonly<Record<string, number | null>>;
}

interface ChartPanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly curves: readonly Curve[];
  readonly moments: readonly Moment[];
  readonly format: (value: number) => string;
}

/** A chart with its newest figures as its legend, and the table behind it. */
export function ChartPanel({ title, note, curves, moments, format }: ChartPanelProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const id = useId();
  const newest = moments.at(-1);
  const shown = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : format(value);
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ul className={styles.legend}>
        {curves.map(({ key, title: name, color }, place) => (
          <li key={key}>
            <span className={styles.sample} style={{ borderTopColor: color }} data-place={place} aria-hidden />
            {name} <strong>{shown(newest?.values[key])}</strong>
          </li>
        ))}
      </ul>
      <div className={styles.stage}>
        {moments.length < 2 ? (
          <p className={styles.empty}>{words('chart.empty')}</p>
        ) : (
          <Suspense fallback={<Skeleton height={170} aria-busy />}>
            <TimeChart curves={curves} moments={thin(moments, POINTS)} format={format} />
          </Suspense>
        )}
      </div>
      {note}
      <details className={styles.behind}>
        <summary>{words('chart.table')}</summary>
        <div className={styles.rows} tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words('chart.time')}</th>
                {curves.map(({ key, title: name }) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {thin(moments, ROWS)
                .toReversed()
                .map(({ at, values }) => (
                  <tr key={at}>
                    <th scope="row">{formats.clock(new Date(at))}</th>
                    {curves.map(({ key }) => (
                      <td key={key}>{shown(values[key])}</td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
