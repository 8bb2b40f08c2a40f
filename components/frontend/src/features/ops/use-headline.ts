import type { OpsOverviewDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';

/** The site in one or two sentences: who works, what waits, what needs a human. */
export function useHeadline(): (overview: OpsOverviewDto) => string {
  const words = useTranslations('ops');
  const formats = useFormats();
  return ({ executors, jobs, oldestReadySeconds, dead, redrives, broker }) => {
    const quiet =
      executors.alive > 0 && jobs.queued + jobs.running === 0 && dead.groups === 0 && broker === 'connected';
    const parts = [
      ...(quiet ? [words('headline.quiet')] : []),
      words('headline.machines', { alive: executors.alive, busy: executors.busy }),
      ...(executors.unwilling > 0 ? [words('headline.unwilling', { count: executors.unwilling })] : []),
      ...(oldestReadySeconds >= 1
        ? [words('headline.oldest', { age: formats.wholeDuration(oldestReadySeconds) })]
        : quiet || executors.unwilling > 0
          ? []
          : [words('headline.nothingWaits')]),
      ...(broker === 'connected' ? [] : [words(`headline.${broker}`)]),
      ...(dead.groups > 0 ? [words('headline.dead', { groups: dead.groups })] : []),
      ...(redrives > 0 ? [words('headline.redrives', { count: redrives })] : []),
    ];
    return parts.join(' ');
  };
}
