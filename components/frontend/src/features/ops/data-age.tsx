import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './ops.module.css';
import { useNow } from './use-now.ts';

/** Seconds after which data are called old. */
const STALE = 30;

interface DataAgeProps {
  /** When the data arrived, in milliseconds; 0: they never did. */
  readonly updatedAt: number;
  readonly failing: boolean;
}

/** Says how old what is shown is, and says so louder when it is old. */
export function DataAge({ updatedAt, failing }: DataAgeProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const now = useNow();
  if (updatedAt === 0) return null;
  const seconds = Math.max(0, Math.round((now - updatedAt) / 1000));
  const stale = seconds > STALE;
  return (
    <span className={styles.age} data-stale={stale || failing || undefined}>
      {stale && <span aria-hidden>⚠</span>}
      {words(stale ? 'age.stale' : failing ? 'age.failing' : 'age.fresh', { age: formats.wholeDuration(seconds) })}
    </span>
  );
}
