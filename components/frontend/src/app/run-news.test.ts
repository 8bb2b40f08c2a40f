import type { JobDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { jobFixture } from '../api/job-fixture.ts';
import { RunFollower } from './run-news.ts';

const job = (id: string, state: JobDto['state'], share = 0, batch: string | null = null): JobDto =>
  jobFixture({ id, state, batch, progress: { done: 0, total: 10, share, eta: null, etaSeconds: null } });

function follow(...steps: readonly (readonly JobDto[])[]): readonly string[] {
  const follower = new RunFollower();
  return steps.flatMap((jobs) =>
    follower.follow(jobs).map(({ kind, share, count, failed }) => [kind, share || '', count, failed].join(' ')),
  );
}

describe('news of jobs', () => {
  it('are the start, each quarter, and the end, each once', () => {
    const shares = Array.from({ length: 100 }, (_, n) => [job('a', 'running', n / 100)]);
    expect(follow([], [job('a', 'queued')], ...shares, [job('a', 'done', 1)], [job('a', 'done', 1)])).toEqual([
      'started  1 0',
      'share 0.25 1 0',
      'share 0.5 1 0',
      'share 0.75 1 0',
      'done  1 0',
    ]);
  });

  it('are none of what was there before', () => {
    expect(follow([job('a', 'done', 1), job('b', 'failed', 0.5), job('c', 'running', 0.6)])).toEqual([]);
    expect(follow([job('c', 'running', 0.6)], [job('c', 'running', 0.7)], [job('c', 'done', 1)])).toEqual([
      'done  1 0',
    ]);
  });

  it('tell of a batch as a whole, and of its trouble once', () => {
    const batch = (...states: readonly JobDto['state'][]): JobDto[] =>
      states.map((state, n) => job(`${n}`, state, 0, 'b'));
    expect(
      follow(
        [],
        batch('queued', 'queued', 'queued', 'queued'),
        batch('failed', 'running', 'queued', 'queued'),
        batch('failed', 'failed', 'queued', 'queued'),
        batch('failed', 'failed', 'done', 'done'),
      ),
    ).toEqual(['started  4 0', 'trouble  4 1', 'share 0.25 4 1', 'share 0.5 4 2', 'partly  4 2']);
  });

  it('begin anew when a failed job is tried again', () => {
    expect(
      follow(
        [],
        [job('a', 'running', 0.6)],
        [job('a', 'failed', 0.6)],
        [job('a', 'running', 0.6)],
        [job('a', 'done', 1)],
      ),
    ).toEqual(['started  1 0', 'trouble  1 1', 'started  1 0', 'done  1 0']);
  });
});
