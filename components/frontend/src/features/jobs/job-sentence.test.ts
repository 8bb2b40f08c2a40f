import { describe, expect, it } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { boardSentence, jobSentence, shownShare } from './job-sentence.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const running = (done: number, etaSeconds: number | null = null) =>
  jobFixture({
    state: 'running',
    progress: { done, total: 13, share: done / 13, eta: null, etaSeconds },
    stages: [
      { kind: 'render', tasks: 12, done: Math.min(12, done) },
      { kind: 'assemble', tasks: 1, done: 0 },
    ],
  });

describe('jobSentence', () => {
  it('names the stage under way, its tasks and the time left', () => {
    expect(plain(jobSentence(running(5, 12)))).toBe('Making regions: 5 of 12, about 10 s left');
    expect(jobSentence(running(12))).toBe('Joining the file');
  });

  it('says how long a finished job took', () => {
    const timings = {
      createdAt: '2026-01-01T10:00:00.000Z',
      startedAt: '2026-01-01T10:00:10.000Z',
      finishedAt: '2026-01-01T10:00:14.200Z',
    };
    expect(plain(jobSentence(jobFixture({ state: 'done', timings })))).toBe('Done in 4.2 s');
  });

  it('has a sentence for every other state', () => {
    expect(jobSentence(jobFixture())).toBe('Waiting for a machine');
    expect(jobSentence(jobFixture({ state: 'cancelled' }))).toBe('Cancelled');
    expect(jobSentence(jobFixture({ state: 'failed' }))).toBe('Could not be finished');
  });
});

describe('boardSentence', () => {
  it('counts what there is and nothing else', () => {
    const jobs = (['running', 'running', 'done', 'failed'] as const).map((state) => jobFixture({ state }));
    expect(boardSentence(jobs)).toBe('2 running · 1 done · 1 needs attention');
    expect(boardSentence([])).toBe('');
  });
});

describe('shownShare', () => {
  it('is full only when the job is done', () => {
    expect(
      shownShare(
        jobFixture({ state: 'running', progress: { done: 10, total: 10, share: 1, eta: null, etaSeconds: 0 } }),
      ),
    ).toBeLessThan(1);
    expect(
      shownShare(jobFixture({ state: 'done', progress: { done: 10, total: 10, share: 1, eta: null, etaSeconds: 0 } })),
    ).toBe(1);
  });
});
