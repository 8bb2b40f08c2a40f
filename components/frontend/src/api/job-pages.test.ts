import fc from 'fast-check';
import type { JobDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { jobFixture } from './job-fixture.ts';
import { jobsOf, mergePages, putJobs, type JobPages } from './job-pages.ts';
import { mergeJob } from './merge-job.ts';

const pages = (...lists: string[][]): JobPages => ({
  pages: lists.map((ids) => ({ jobs: ids.map((id) => jobFixture({ id })), next: null })),
  pageParams: lists.map(() => null),
});
const progress = (done: number, total = 10): Pick<JobDto, 'progress'> => ({
  progress: { done, total, share: done / total, eta: null, etaSeconds: null },
});

describe('mergeJob', () => {
  it('never lets progress run back, whatever arrives in whatever order', () => {
    const reports = fc.array(fc.record({ done: fc.nat(50), total: fc.integer({ min: 1, max: 50 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(reports, (list) => {
        let shown = jobFixture({ state: 'running', ...progress(0) });
        let before = 0;
        for (const { done, total } of list) {
          shown = mergeJob(shown, jobFixture({ state: 'running', ...progress(Math.min(done, total), total) }));
          const { share } = shown.progress;
          expect(shown.progress.done).toBeLessThanOrEqual(shown.progress.total);
          expect(share).toBeGreaterThanOrEqual(before);
          expect(share).toBeLessThanOrEqual(1);
          before = share;
        }
      }),
    );
  });

  it('keeps a finished job finished when older news arrives late', () => {
    const done = jobFixture({ state: 'done' });
    expect(mergeJob(done, jobFixture({ state: 'running' }))).toBe(done);
  });

  it('lets a failed job run again', () => {
    const again = mergeJob(
      jobFixture({ state: 'failed', ...progress(7) }),
      jobFixture({ state: 'running', ...progress(7) }),
    );
    expect(again.state).toBe('running');
  });
});

describe('putJobs', () => {
  it('replaces known jobs in their place and puts new ones in front, newest first', () => {
    const at = (id: string, second: number) =>
      jobFixture({
        id,
        timings: { createdAt: `2026-01-01T10:00:0${String(second)}.000Z`, startedAt: null, finishedAt: null },
      });
    const next = putJobs(pages(['a', 'b'], ['c']), [jobFixture({ id: 'c', state: 'done' }), at('x', 1), at('y', 2)]);
    expect(jobsOf(next).map((job) => `${job.id}:${job.state}`)).toEqual([
      'y:queued',
      'x:queued',
      'a:queued',
      'b:queued',
      'c:done',
    ]);
  });

  it('leaves an unloaded list alone', () => {
    expect(putJobs(undefined, [jobFixture()])).toBeUndefined();
  });
});

describe('jobsOf', () => {
  it('shows a job once that moved to the next page between two fetches', () => {
    expect(jobsOf(pages(['a', 'b'], ['b', 'c'])).map((job) => job.id)).toEqual(['a', 'b', 'c']);
  });
});

describe('mergePages', () => {
  it('takes the fetched list but keeps what is further along', () => {
    const shown = putJobs(pages(['a']), [jobFixture({ id: 'a', state: 'done' })]);
    const merged = mergePages(shown, pages(['b', 'a']));
    expect(jobsOf(merged).map((job) => `${job.id}:${job.state}`)).toEqual(['b:queued', 'a:done']);
  });
});
