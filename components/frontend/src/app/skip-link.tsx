import { useTranslations } from 'use-intl';
import styles from './page.module.css';

/** First stop of the keyboard: over the bar to the content. */
export function SkipLink() {
  const words = useTranslations('shell');
  return (
    <a className={styles.skip} href="#main">
      {words('skip')}
    </a>
  );
}
