import type { Palette } from '@tessera/contracts';
import { paletteColours } from '@tessera/geo/page';
import { useFormatter } from 'use-intl';
import styles from './ramp-legend.module.css';

interface RampLegendProps {
  readonly title: string;
  readonly palette: Palette;
  readonly low: number;
  readonly high: number;
}

const STOPS = 24;

/** What the colours of a product mean. Low values are on the left in every language, as on the map. */
export function RampLegend({ title, palette, low, high }: RampLegendProps) {
  const format = useFormatter();
  const colours = paletteColours(palette);
  const stops = Array.from({ length: STOPS }, (_, n) => colours[Math.round((n / (STOPS - 1)) * (colours.length - 1))]);
  const number = (value: number): string => format.number(value, { maximumSignificantDigits: 3 });
  return (
    <figure className={styles.legend}>
      <figcaption dir="auto">{title}</figcaption>
      <div className={styles.bar} style={{ background: `linear-gradient(90deg, ${stops.join(', ')})` }} />
      <div className={styles.ticks} dir="ltr">
        <span>{number(low)}</span>
        <span>{number((low + high) / 2)}</span>
        <span>{number(high)}</span>
      </div>
    </figure>
  );
}
