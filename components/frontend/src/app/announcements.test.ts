import { describe, expect, it } from 'vitest';
import { jobFixture } from '../api/job-fixture.ts';
import { announcements, pageTitle } from './announcements.ts';

describe('announcements', () => {
  it('tells what ended since the last look, once', () => {
    const done = jobFixture({ id: 'a', state: 'done' });
    const failed = jobFixture({ id: 'b', state: 'failed' });
    const { sentence, lastDone } = announcements([jobFixture({ id: 'a' }), jobFixture({ id: 'b' })], [done, failed]);
    expect(sentence).toBe('photo.jpg is done. photo.jpg could not be finished.');
    expect(lastDone).toBe(done);
    expect(announcements([done], [done]).sentence).toBe('');
  });

  it('tells of a job that is done from the start, and not of older ones that are only listed later', () => {
    const at = (id: string, createdAt: string) =>
      jobFixture({ id, state: 'done', timings: { createdAt, startedAt: null, finishedAt: null } });
    const [older, known, newer] = [at('a', '2026-01-01'), at('b', '2026-01-02'), at('c', '2026-01-03')] as const;
    expect(announcements([known], [newer, known, older])).toMatchObject({ lastDone: newer });
    expect(announcements([known], [known, older]).sentence).toBe('');
  });

  it('tells numbers where many end at once', () => {
    const jobs = Array.from({ length: 5 }, (_, index) =>
      jobFixture({ id: String(index), state: index === 0 ? 'failed' : 'done' }),
    );
    expect(announcements([], jobs).sentence).toBe('4 jobs are done, 1 ended otherwise.');
  });
});

describe('pageTitle', () => {
  it('shows work under way before what was done', () => {
    const done = jobFixture({ state: 'done' });
    expect(pageTitle([], undefined)).toBe('Tessera');
    expect(pageTitle([done, jobFixture({ id: 'x' })], done)).toBe('(1) Tessera');
    expect(pageTitle([done], done)).toBe('✓ photo.jpg · Tessera');
  });
});
