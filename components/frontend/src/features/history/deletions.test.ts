import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { Deletions } from './deletions.ts';

const [a, b] = [jobFixture({ id: 'a' }), jobFixture({ id: 'b' })];

describe('Deletions', () => {
  let sent: { jobs: readonly string[]; leaving: boolean }[];
  let gone: string[];
  let fail: boolean;
  let deletions: Deletions;
  beforeEach(() => {
    vi.useFakeTimers();
    [sent, gone, fail] = [[], [], false];
    deletions = new Deletions({
      deleteJobs: (jobs, leaving) => {
        sent.push({ jobs, leaving });
        return fail ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      onGone: (jobs) => gone.push(...jobs),
      now: () => Date.now(),
    });
  });
  afterEach(() => vi.useRealTimers());

  it('hides at once and deletes after ten seconds', async () => {
    deletions.add([a, b]);
    expect([...deletions.hidden()]).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(9999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([sent, gone, deletions.list()]).toEqual([[{ jobs: ['a', 'b'], leaving: false }], ['a', 'b'], []]);
  });

  it('takes back without a word to the server', async () => {
    deletions.add([a]);
    deletions.undo(deletions.list()[0]!.id);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, deletions.list(), deletions.hidden().size]).toEqual([[], [], 0]);
  });

  it('stands still while somebody looks at it', async () => {
    deletions.add([a]);
    const { id } = deletions.list()[0]!;
    await vi.advanceTimersByTimeAsync(8000);
    deletions.pause(id);
    deletions.pause(id);
    await vi.advanceTimersByTimeAsync(60_000);
    deletions.resume(id);
    await vi.advanceTimersByTimeAsync(1999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(1);
  });

  it('keeps the clocks of several apart, and sends all that wait when the page goes', async () => {
    deletions.add([a]);
    await vi.advanceTimersByTimeAsync(6000);
    deletions.add([b], '/jobs/b');
    await vi.advanceTimersByTimeAsync(4000);
    expect([gone, deletions.list().map(({ from }) => from)]).toEqual([['a'], ['/jobs/b']]);
    deletions.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent.map(({ leaving }) => leaving)).toEqual([false, true]);
  });

  it('shows again what could not be deleted, and tries again when asked', async () => {
    fail = true;
    deletions.add([a]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([deletions.list()[0]?.state, deletions.hidden().size]).toEqual(['failed', 0]);
    fail = false;
    await deletions.again(deletions.list()[0]!.id);
    expect([gone, deletions.list()]).toEqual([['a'], []]);
  });

  it('gives the same objects until something changes', () => {
    const before = [deletions.list(), deletions.hidden()];
    expect([deletions.list(), deletions.hidden()]).toEqual(before);
    expect(deletions.list()).toBe(before[0]);
  });
});
