import type { JobDto } from '@tessera/contracts';

const share = ({ done, total }: JobDto['progress']): number => Math.min(1, done / total);

/**
 * Joins what is known of a job with what just arrived, which may be older: a finished job stays finished, and progress
 * never runs back.
 */
export function mergeJob(known: JobDto | undefined, news: JobDto): JobDto {
  if (!known) return news;
  if ((known.state === 'done' || known.state === 'cancelled') && known.state !== news.state) return known;
  if (share(news.progress) >= share(known.progress)) return news;
  const done = Math.min(news.progress.total, Math.ceil(share(known.progress) * news.progress.total));
  return { ...news, progress: { ...news.progress, done } };
}
