import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import type { ShownLeft } from './calm-left.ts';

/** Says how much time is left, with the reason where it became more. */
export function useLeftWords(): (left: ShownLeft) => string {
  const format = useTranslations('format.left');
  const words = useTranslations('watch');
  const { count } = useFormats();
  const plain = ({ unit, low, high }: ShownLeft): string => {
    const figures = { low: count(low), high: count(high) };
    switch (unit) {
      case 'moment':
        return format('moment');
      case 'seconds':
        return format('seconds', { seconds: figures.high });
      case 'minutes':
        return low < high ? format('minutesRange', figures) : format('minutes', { minutes: figures.high });
      case 'hours':
        return low < high ? format('hoursRange', figures) : format('hours', { hours: figures.high });
    }
  };
  return (left) => {
    const sentence = plain(left);
    return left.cause === undefined
      ? sentence
      : words('withCause', { left: sentence, cause: words(`cause.${left.cause}`) });
  };
}
