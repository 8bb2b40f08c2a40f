import { API } from './request.ts';

/** Jobs that the address of one archive may name. */
const MOST_CHOSEN = 300;

/** Address of the archive of a batch's results. */
export function batchArchiveUrl(batch: string): string {
  return `${API}/batches/${encodeURIComponent(batch)}/results.zip`;
}

/** Addresses of the archives of some jobs' results: one, or several where they are too many for one. */
export function archiveUrls(jobs: readonly string[]): readonly string[] {
  const urls: string[] = [];
  for (let start = 0; start < jobs.length; start += MOST_CHOSEN) {
    urls.push(`${API}/results.zip?jobs=${jobs.slice(start, start + MOST_CHOSEN).join(',')}`);
  }
  return urls;
}
