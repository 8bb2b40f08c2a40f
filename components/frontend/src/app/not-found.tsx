import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import styles from './page.module.css';

/** Stands where an address leads nowhere; `of` says what would have been there. */
export function NotFound({ of }: { readonly of?: 'job' | 'batch' }) {
  const words = useTranslations('shell');
  return (
    <div className={styles.notice}>
      <h2>{words(of === undefined ? 'notFound' : `gone.${of}`)}</h2>
      {of !== undefined && <p className={styles.why}>{words('gone.why')}</p>}
      <div className={styles.ways}>
        <Button renderRoot={(props) => <Link to="/" {...props} />}>{words('toWork')}</Button>
        {of !== undefined && (
          <Button variant="default" renderRoot={(props) => <Link to="/history" {...props} />}>
            {words('toHistory')}
          </Button>
        )}
      </div>
    </div>
  );
}
