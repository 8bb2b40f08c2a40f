import type { StatisticsReport as Statistics } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { HistogramChart } from '../viewer/histogram-chart.tsx';
import histogram from '../viewer/histogram.module.css';
import styles from './reports.module.css';

/** The histogram of each colour as curves, and what it comes to as a table. */
export function StatisticsReport({ report }: { readonly report: Statistics }) {
  const words = useTranslations('result.reports.statistics');
  const channel = useTranslations('viewer.histogram.channels');
  const { count, amount } = useFormats();
  const all = report.alpha ? [...report.channels, report.alpha] : report.channels;
  const counts = all.map((one) => ({ name: one.channel, counts: one.histogram }));
  const levelAt = (one: (typeof all)[number], percent: number): string =>
    count(one.percentiles.find((known) => known.percent === percent)?.level ?? 0);
  return (
    <>
      <HistogramChart histogram={{ channels: counts }} label={words('of')} />
      {report.depth === 16 && <p className={styles.note}>{words('bins')}</p>}
      <div className={styles.scrolled} tabIndex={0} role="group" aria-label={words('of')}>
        <table className={histogram.table}>
          <thead>
            <tr>
              {(['channel', 'least', 'most', 'mean', 'deviation', 'median', 'middle'] as const).map((column) => (
                <th key={column} scope="col">
                  {words(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr key={one.channel}>
                <th scope="row">
                  <span className={histogram.swatch} data-channel={one.channel} aria-hidden />
                  {channel(one.channel)}
                </th>
                <td>{count(one.min)}</td>
                <td>{count(one.max)}</td>
                <td>{amount(one.mean)}</td>
                <td>{amount(one.deviation)}</td>
                <td>{count(one.median)}</td>
                <td>
                  <bdi dir="ltr">
                    {levelAt(one, 5)}–{levelAt(one, 95)}
                  </bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
