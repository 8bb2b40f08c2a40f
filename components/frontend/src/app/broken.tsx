import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import styles from './page.module.css';

/** Stands where a page threw, or its code could not be fetched: after an update an old tab asks for files that are gone. */
export function Broken() {
  const words = useTranslations('shell');
  return (
    <div className={styles.notice} role="alert">
      <p>{words('broken')}</p>
      <Button onClick={() => window.location.reload()}>{words('reload')}</Button>
    </div>
  );
}
