import type { JobDto } from '@tessera/contracts';

/**
 * Joins what is known of a job with what just arrived, which may be older: a finished job stays finished, and progress
 * never runs back.
 */
export function mergeJob(known: JobDto | undefined, news: JobDto): JobDto {
  if (!known) return news;
  if ((known.state === 'done' || known.state === 'cancelled') && known.state !== news.state) return known;
  const share = Math.max(known.progress.share, news.progress.share);
  const done = Math.max(known.progress.done, news.progress.done);
  if (share === news.progress.share && done === news.progress.done) return news;
  return { ...news, progress: { ...news.progress, share, done: Math.min(news.progress.total, done) } };
}
