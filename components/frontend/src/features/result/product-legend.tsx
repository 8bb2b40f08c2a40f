import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { getLegend } from '../../api/legend.ts';
import styles from './product-legend.module.css';

/** What the colours of a product's picture mean: from its low to its high values, as on a ruler. */
export function ProductLegend({ url }: { readonly url: string }) {
  const words = useTranslations('result.product');
  const { data: legend } = useQuery({
    queryKey: ['legend', url],
    queryFn: ({ signal }) => getLegend(url, signal),
    staleTime: Infinity,
  });
  // Its room is kept, so that nothing moves when it comes.
  if (!legend) return <div className={styles.legend} />;
  const { title, unit, low, high, colours, ticks } = legend;
  return (
    <figure className={styles.legend} aria-label={words('legend')}>
      <figcaption>
        <bdi dir="ltr">{unit === '' ? title : `${title} (${unit})`}</bdi>
      </figcaption>
      <div className={styles.ruler} dir="ltr">
        <div className={styles.ramp} style={{ background: `linear-gradient(to right, ${colours.join(', ')})` }} />
        <ul>
          {ticks.map(({ value, label }) => (
            <li key={label} style={{ left: `${(100 * (value - low)) / (high - low)}%` }}>
              {label}
            </li>
          ))}
        </ul>
      </div>
    </figure>
  );
}
