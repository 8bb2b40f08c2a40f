import { useTranslations } from 'use-intl';
import styles from './dead-letters.module.css';

interface SparklineProps {
  /** Numbers of each hour of the last day, oldest first. */
  readonly hours: readonly number[];
}

/** How often something happened in each hour of the last day. */
export function Sparkline({ hours }: SparklineProps) {
  const words = useTranslations('ops');
  const most = Math.max(1, ...hours);
  const sum = hours.reduce((total, one) => total + one, 0);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${String(hours.length * 4)} 20`}
      role="img"
      aria-label={words('dead.lastDay', { count: sum })}
    >
      {hours.map((count, hour) => {
        const height = count === 0 ? 1 : 3 + (17 * count) / most;
        return (
          <rect key={hour} x={hour * 4} y={20 - height} width={3} height={height} data-some={count > 0 || undefined} />
        );
      })}
    </svg>
  );
}
