import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import styles from './page.module.css';

/** Stands where an address leads nowhere. */
export function NotFound() {
  const words = useTranslations('shell');
  return (
    <div className={styles.notice}>
      <h2>{words('notFound')}</h2>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{words('toWork')}</Button>
    </div>
  );
}
