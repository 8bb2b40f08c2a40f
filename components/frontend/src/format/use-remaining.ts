import { useTranslations } from 'use-intl';

/** Says how long something still takes, as coarsely as such a guess deserves: `about 6 min left`. */
export function useRemaining(): (seconds: number) => string {
  const words = useTranslations('format');
  return (seconds) => {
    if (seconds < 5) return words('left.moment');
    if (seconds < 55) return words('left.seconds', { seconds: String(Math.ceil(seconds / 10) * 10) });
    if (seconds < 3300) return words('left.minutes', { minutes: String(Math.max(1, Math.round(seconds / 60))) });
    return words('left.hours', { hours: String(Math.max(1, Math.round(seconds / 3600))) });
  };
}
