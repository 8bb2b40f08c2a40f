import type { KMeansReport } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './reports.module.css';

/** The colours that are left, each as wide as its share of the picture, and by name. */
export function ColourReport({ report }: { readonly report: KMeansReport }) {
  const words = useTranslations('result.reports.colours');
  const { percent } = useFormats();
  const { rounds, settled, colours } = report;
  const all = Math.max(
    1,
    colours.reduce((sum, { pixels }) => sum + pixels, 0),
  );
  return (
    <>
      <div className={styles.ribbon} aria-hidden>
        {colours.map(({ colour, pixels }) => (
          <span key={colour} style={{ background: colour, flexGrow: pixels }} />
        ))}
      </div>
      <ul className={styles.colours}>
        {colours.map(({ colour, pixels }) => (
          <li key={colour} aria-label={words('share', { colour, share: percent(pixels / all) })}>
            <span className={styles.patch} style={{ background: colour }} aria-hidden />
            <bdi dir="ltr">{colour}</bdi>
            <span className={styles.step}>{percent(pixels / all)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        {words('moved', { rounds })} {words(settled ? 'settled' : 'unsettled')}
      </p>
    </>
  );
}
