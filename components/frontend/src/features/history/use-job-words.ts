import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';

/** Seconds between the start of a job, or its submission, and its end; undefined while it is open. */
export function secondsOf({ timings }: JobDto): number | undefined {
  if (!timings.finishedAt) return undefined;
  return (Date.parse(timings.finishedAt) - Date.parse(timings.startedAt ?? timings.createdAt)) / 1000;
}

/** What lists say of a job, in the visitor's language. */
export function useJobWords() {
  const words = useTranslations('history.job');
  const formats = useFormats();
  const { earlyStarts } = useParts();
  return {
    state(job: JobDto): string {
      switch (job.state) {
        case 'queued':
          return words('queued');
        case 'running':
          return words('running', { share: formats.percent(Math.min(0.99, earlyStarts.shareOf(job))) });
        case 'done': {
          const seconds = secondsOf(job);
          if (job.result?.reused || seconds === undefined) return words('reused');
          return words('done', { duration: formats.duration(seconds) });
        }
        case 'failed':
          return words('failed');
        case 'cancelled':
          return words('cancelled');
      }
    },
    size: ({ result, output }: JobDto): string =>
      result
        ? `${formats.size(output.width, output.height)} · ${formats.bytes(result.bytes)}`
        : formats.size(output.width, output.height),
    created: ({ timings }: JobDto): string => formats.dateTime(new Date(timings.createdAt)),
    kept: ({ expiresAt }: JobDto): string | undefined =>
      expiresAt === undefined ? undefined : words('kept', { date: formats.date(new Date(expiresAt)) }),
  };
}
