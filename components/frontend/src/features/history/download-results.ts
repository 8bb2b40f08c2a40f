import type { JobDto } from '@tessera/contracts';
import { archiveUrls } from '../../api/results.ts';

/** Milliseconds between two downloads: browsers let only one begin at a time. */
const APART = 400;

/** Saves the results of jobs: one as its file, several as an archive. Jobs without a result are told of in it. */
export function downloadResults(jobs: readonly JobDto[]): void {
  const [only] = jobs;
  const urls = jobs.length === 1 && only?.result ? [only.result.url] : archiveUrls(jobs.map(({ id }) => id));
  urls.forEach((url, index) => {
    setTimeout(() => {
      const link = document.createElement('a');
      link.href = url;
      link.download = '';
      link.click();
    }, index * APART);
  });
}
