import type { JobDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { BatchRate } from './batch-rate.ts';
import { shownJobs, standingOf } from './batch-standing.ts';

const job = (id: string, state: JobDto['state'], share = 0): JobDto =>
  jobFixture({ id, state, progress: { done: 0, total: 1, share, eta: null, etaSeconds: null } });
const JOBS = [job('a', 'done', 1), job('b', 'failed', 0.4), job('c', 'running', 0.5), job('d', 'queued')];

describe('a batch', () => {
  it('is counted by state, and is done as far as its jobs are', () => {
    expect(standingOf(JOBS)).toEqual({
      ...{ total: 4, done: 1, running: 1, waiting: 1, attention: 1, cancelled: 0, share: 0.625 },
    });
    expect(standingOf(JOBS.slice(0, 2)).share).toBe(1);
    expect(standingOf([job('a', 'running', 1)]).share).toBeLessThan(1);
  });

  it('shows what needs attention first', () => {
    const ids = (filter: Parameters<typeof shownJobs>[1]) =>
      shownJobs(JOBS, filter)
        .map(({ id }) => id)
        .join('');
    expect(['all', 'attention', 'open', 'done'].map((filter) => ids(filter as 'all'))).toEqual([
      'bacd',
      'b',
      'cd',
      'a',
    ]);
  });

  it('tells from its rate when it will be done, once that can be told', () => {
    const rate = new BatchRate();
    expect(rate.take(0, 0)).toBeNull();
    expect(rate.take(0.05, 1)).toBeNull();
    for (let at = 2; at <= 20; at++) rate.take(at / 100, at);
    const { low, high } = rate.take(0.21, 21)!;
    expect((low + high) / 2).toBeGreaterThan(60);
    expect((low + high) / 2).toBeLessThan(100);
  });
});
