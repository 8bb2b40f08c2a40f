import type { ZoomSource } from '../../api/zoom.ts';
import { useHistogram } from '../../api/zoom.ts';
import { useTranslations } from 'use-intl';
import styles from './histogram.module.css';
import { HistogramChart } from './histogram-chart.tsx';
import { HistogramTable } from './histogram-table.tsx';

/** How often each level occurs in a picture, counted over all its pixels: as curves, and as a table for everybody. */
export function Histogram({ source, name }: { readonly source: ZoomSource; readonly name: string }) {
  const words = useTranslations('viewer.histogram');
  const { data, isError } = useHistogram(source);
  if (isError) return <p className={styles.note}>{words('failed')}</p>;
  if (!data) return <p className={styles.note}>{words('counting')}</p>;
  return (
    <figure className={styles.histogram}>
      <HistogramChart histogram={data} label={words('of', { name })} />
      <HistogramTable histogram={data} />
    </figure>
  );
}
