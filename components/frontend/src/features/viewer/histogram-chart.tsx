import type { HistogramDto } from '@tessera/contracts';
import styles from './histogram.module.css';
import { histogramPath } from './histogram-path.ts';

const WIDTH = 256;
const HEIGHT = 96;

/** The counts as filled curves over the levels, dark on the left in every language. */
export function HistogramChart({ histogram, label }: { readonly histogram: HistogramDto; readonly label: string }) {
  // The share of transparency says nothing of tones.
  const channels = histogram.channels.filter(({ name }) => name !== 'alpha');
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      direction="ltr"
    >
      {channels.map(({ name, counts }) => (
        <path key={name} className={styles.curve} data-channel={name} d={histogramPath(counts, WIDTH, HEIGHT)} />
      ))}
    </svg>
  );
}
