import { Button } from '@mantine/core';
import { RETRY_EVERY } from '../api/use-jobs.ts';
import styles from './page.module.css';

interface UnreachableBannerProps {
  readonly error: Error | null;
  readonly onTryNow: () => void;
}

/** Says that the server does not answer, what is safe, and what happens next. */
export function UnreachableBanner({ error, onTryNow }: UnreachableBannerProps) {
  return (
    <div className={styles.banner} role="alert">
      <span>
        {error?.message ?? 'The server can not be reached.'} Your files and steps stay in this tab; trying again every{' '}
        {RETRY_EVERY / 1000}&nbsp;seconds.
      </span>
      <Button size="compact-sm" variant="default" onClick={onTryNow}>
        Try now
      </Button>
    </div>
  );
}
