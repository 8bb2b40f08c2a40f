import type { DeliveryDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';

/** What is said of a delivery. */
export function useDeliveryWords() {
  const words = useTranslations('deliveries');
  const problems = useTranslations('problem.what');
  const { dateTime } = useFormats();
  const stateOf = ({ state, attempts, nextAt }: DeliveryDto): string => {
    if (state !== 'waiting') return words(state);
    return attempts === 0 || nextAt === null
      ? words('waiting')
      : words('waitingNext', { date: dateTime(new Date(nextAt)) });
  };
  const answerOf = ({ status, error }: DeliveryDto): string | undefined => {
    if (status !== null) return words('answered', { status: String(status) });
    return error === null ? undefined : words('noAnswer', { reason: problems(error) });
  };
  return {
    about: ({ type }: DeliveryDto): string => words(type === 'batch.ended' ? 'batch' : 'job'),
    how: (delivery: DeliveryDto): string =>
      [
        stateOf(delivery),
        ...(delivery.attempts > 0 ? [words('attempts', { count: delivery.attempts })] : []),
        answerOf(delivery) ?? '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
  };
}
