import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { TakenMark } from './taken-mark.tsx';
import type { TakenOver } from './taken-over.ts';
import styles from './watch.module.css';

/** What the marks of regions that were taken over mean, and how many there are. */
export function TakenLegend({ taken }: { readonly taken: readonly TakenOver[] }) {
  const words = useTranslations('watch');
  const { count } = useFormats();
  if (taken.length === 0) return null;
  return (
    <p className={styles.taken} data-part="taken" data-count={taken.length}>
      <TakenMark />
      {words('taken.legend')}
      <span className={styles.figure}>{count(taken.length)}</span>
    </p>
  );
}
