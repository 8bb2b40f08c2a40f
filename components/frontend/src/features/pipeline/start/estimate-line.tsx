import { useTranslations } from 'use-intl';
import type { EstimateDto } from '@tessera/contracts';
import { useFormats } from '../../../format/use-formats.ts';
import type { EstimateInHand } from './use-estimate.ts';
import styles from './start.module.css';

/** Seconds that are told at least: nothing takes no time. */
const SHORTEST = 0.1;

/** Writes ranges of an estimate: `about 4–6 s`. */
export function useEstimateWords() {
  const words = useTranslations('pipeline.estimate');
  const formats = useFormats();
  const range = ({ low, high }: { low: number; high: number }, write: (value: number) => string): string => {
    const [from, to] = [write(low), write(high)];
    return words('about', { value: from === to ? from : words('range', { low: from, high: to }) });
  };
  return {
    size: ({ bytes }: EstimateDto): string => range(bytes, formats.bytes),
    time: ({ seconds }: EstimateDto): string | undefined =>
      seconds ? range(seconds, (value) => formats.duration(Math.max(SHORTEST, value))) : undefined,
  };
}

interface EstimateLineProps {
  readonly estimate: EstimateInHand;
  readonly images: number;
}

/** Size of the results and time until they are there, before anything is started. */
export function EstimateLine({ estimate: { estimate, key, failed }, images }: EstimateLineProps) {
  const words = useTranslations('pipeline.estimate');
  const ranges = useEstimateWords();
  if (!estimate) return <span>{failed ? words('unknown') : words('working')}</span>;
  const time = ranges.time(estimate);
  const parts = [
    words(images === 1 ? 'size' : 'sizes', { size: ranges.size(estimate) }),
    time ? words('time', { time }) : words('nobody'),
    ...(estimate.split > 0 ? [words('split', { count: images === 1 ? 1 : estimate.split })] : []),
  ];
  return (
    <span className={styles.estimate} data-old={key === undefined || undefined}>
      {parts.join(' · ')}
    </span>
  );
}
