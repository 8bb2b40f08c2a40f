import { Link } from '@tanstack/react-router';
import type { DeadGroup } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { Sparkline } from './sparkline.tsx';
import { useCause } from './use-cause.ts';
import { useNow } from './use-now.ts';
import { useStageName } from './use-stage-name.ts';
import styles from './dead-letters.module.css';

interface DeadGroupListProps {
  readonly groups: readonly DeadGroup[];
  readonly chosen: string | undefined;
}

/** The causes of failed work, the latest first. */
export function DeadGroupList({ groups, chosen }: DeadGroupListProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const cause = useCause();
  const stageName = useStageName();
  const now = new Date(useNow());
  return (
    <ul className={styles.groups} aria-label={words('dead.groups')}>
      {groups.map(({ id, code, kind, operations, jobs, lastAt, hours }) => (
        <li key={id}>
          <Link
            to="/ops/dead/$group"
            params={{ group: id }}
            className={styles.group}
            aria-current={id === chosen || undefined}
            resetScroll={false}
          >
            <span className={styles.cause}>{cause(code).sentence}</span>
            <span className={styles.count}>{words('dead.jobs', { count: jobs })}</span>
            <span className={styles.where}>
              {stageName(kind)}
              {operations.length > 0 && ' · '}
              <bdi dir="ltr">{operations.join(' → ')}</bdi>
            </span>
            <Sparkline hours={hours} />
            <span className={styles.when}>{formats.relative(new Date(lastAt), now)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
