import { Link } from '@tanstack/react-router';
import type { OpsTask } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { useStageName } from './use-stage-name.ts';
import styles from './ops.module.css';

interface TaskLinksProps {
  readonly tasks: readonly OpsTask[];
  /** When this was so. */
  readonly at: string;
}

/** The tasks of an executor: which job, which part of the picture, which attempt, since when. */
export function TaskLinks({ tasks, at }: TaskLinksProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const stageName = useStageName();
  if (tasks.length === 0) return '–';
  return (
    <ul className={styles.list}>
      {tasks.map(({ job, image, kind, region, stage, index, attempt, since }) => (
        <li key={`${job}/${String(stage)}/${String(index)}`}>
          <Link to="/jobs/$job" params={{ job }} className={styles.link}>
            <bdi>{image ?? words('task.unknown')}</bdi>
          </Link>{' '}
          <span className={styles.small}>
            {[
              ...(kind === null ? [] : [stageName(kind)]),
              ...(region === null ? [] : [`\u2066${String(region.x)}, ${String(region.y)}\u2069`]),
              ...(attempt > 1 ? [words('task.attempt', { attempt })] : []),
              ...(since === null ? [] : [formats.wholeDuration((Date.parse(at) - Date.parse(since)) / 1000)]),
            ].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
