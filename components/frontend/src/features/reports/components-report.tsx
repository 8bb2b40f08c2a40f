import type { ConnectedComponentsReport } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import histogram from '../viewer/histogram.module.css';
import styles from './reports.module.css';

/** Objects that are shown; the file has more. */
const SHOWN = 10;

/** How many objects there are, and the largest of them. */
export function ComponentsReport({ report }: { readonly report: ConnectedComponentsReport }) {
  const words = useTranslations('result.reports.objects');
  const { count } = useFormats();
  const largest = report.components.slice(0, SHOWN);
  return (
    <>
      <p>{words('found', { objects: report.count, pixels: count(report.pixels) })}</p>
      {largest.length > 0 && (
        <div className={styles.scrolled} tabIndex={0} role="group" aria-label={words('largest')}>
          <table className={histogram.table}>
            <thead>
              <tr>
                {(['number', 'area', 'size', 'centre'] as const).map((name) => (
                  <th key={name} scope="col">
                    {words(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {largest.map(({ number, area, width, height, x, y }) => (
                <tr key={number}>
                  <th scope="row">{count(number)}</th>
                  <td>{count(area)}</td>
                  <td>
                    <bdi dir="ltr">{`${count(width)} × ${count(height)}`}</bdi>
                  </td>
                  <td>
                    <bdi dir="ltr">{`${count(Math.round(x))}, ${count(Math.round(y))}`}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
