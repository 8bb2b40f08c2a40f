import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { ApiError } from '../api/api-error.ts';
import { RETRY_EVERY } from '../api/use-jobs.ts';
import styles from './page.module.css';

interface UnreachableBannerProps {
  readonly error: Error | null;
  readonly onTryNow: () => void;
}

/** Says that the server does not answer, what is safe, and what happens next. */
export function UnreachableBanner({ error, onTryNow }: UnreachableBannerProps) {
  const words = useTranslations('shell');
  const problems = useTranslations('problem.what');
  const reason = problems(error instanceof ApiError ? error.code : 'UNREACHABLE');
  return (
    <div className={styles.banner} role="alert">
      <span>{words('unreachable', { reason, seconds: RETRY_EVERY / 1000 })}</span>
      <Button size="compact-sm" variant="default" onClick={onTryNow}>
        {words('tryNow')}
      </Button>
    </div>
  );
}
