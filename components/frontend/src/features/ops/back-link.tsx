import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import styles from './ops.module.css';

/** The way from one thing back to all of them. */
export function BackLink({ to }: { readonly to: '/ops/executors' | '/ops/dead' }) {
  const words = useTranslations('ops');
  return (
    <Link to={to} className={styles.link}>
      <span className={styles.back} aria-hidden>
        ‹
      </span>{' '}
      {words(to === '/ops/dead' ? 'pages.dead' : 'pages.executors')}
    </Link>
  );
}
