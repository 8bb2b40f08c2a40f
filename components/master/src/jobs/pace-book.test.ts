import type { JobState } from '@tessera/contracts';
import { DEFAULT_COSTS, planJob } from '@tessera/imaging';
import { silentLogger } from '@tessera/runtime';
import type { JobRow, StagePaceRow } from '@tessera/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { PaceBook } from './pace-book.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the outlook of jobs', () => {
  let now: number;
  let paces: StagePaceRow[];
  let open: { id: string; visitor: string }[];
  let asked: (readonly string[])[];
  let slots: number;
  let book: PaceBook;
  beforeEach(() => {
    now = 1_000_000;
    paces = [];
    open = [];
    asked = [];
    slots = 4;
    book = new PaceBook({
      store: {
        readPace: async (jobs) => {
          asked.push(jobs);
          return paces;
        },
        listOpenJobs: async () => open,
        getJob: async (id) => row('queued', { id }),
      },
      logger: silentLogger(),
      costs: DEFAULT_COSTS,
      slots: () => slots,
      now: () => now,
    });
  });

  function row(
    state: JobState,
    options: { id?: string; visitor?: string; done?: number; split?: boolean } = {},
  ): JobRow {
    const { id = 'job', visitor = 'ann', done = 0, split = true } = options;
    const picture = { width: 6000, height: 4096, channels: 3 };
    const plan = planJob(
      picture,
      [{ op: 'invert', params: {} }],
      { format: 'png', quality: 85, subsampling: '4:2:0', metadata: 'strip' },
      { split: split ? 'always' : 'never', verify: false, input: 'jpeg', slots: 4 },
    );
    return {
      id,
      visitor,
      batch: null,
      image: {
        ...{ id: 'image', visitor, name: 'a.jpg', key: 'uploads/a', format: 'jpeg', bytes: 1, sha256: '', ...picture },
        progressive: false,
        createdAt: new Date(0),
      },
      plan,
      state,
      stage: 0,
      stagesDone: plan.stages.map((_, n) => (n === 0 ? done : 0)),
      passedOver: [],
      tasksDone: done,
      tasksTotal: plan.stages.reduce((sum, { tasks }) => sum + tasks, 0),
      error: null,
      result: null,
      reused: false,
      strategy: 'balanced',
      working: true,
      createdAt: new Date(now - 6000),
      startedAt: new Date(now - 5000),
      finishedAt: null,
    };
  }

  const pace = (changes: Partial<StagePaceRow> = {}): StagePaceRow => ({
    job: 'job',
    stage: 0,
    done: 4,
    running: 4,
    steady: 4,
    told: 4,
    workedMilliseconds: 4000,
    meanMilliseconds: 1000,
    deviationMilliseconds: 50,
    slopeMilliseconds: 0,
    doneIndex: 1.5,
    restIndex: 6,
    wallMilliseconds: 1000,
    underWay: [],
    ...changes,
  });

  it('is a guess nobody is told until tasks of the job are done', async () => {
    expect(book.outlook(row('running')).eta).toBeNull();
    await settled();
    expect(asked).toEqual([['job']]);
    paces = [pace()];
    now += 2000;
    book.outlook(row('running', { done: 4 }));
    await settled();
    const { eta, share } = book.outlook(row('running', { done: 4 }));
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(eta!.low).toBeGreaterThan(0);
    expect(eta!.high).toBeGreaterThan(eta!.low);
    expect(eta!.high).toBeLessThan(60);
  });

  it('asks the database once a second at most, and only for jobs that somebody asks for', async () => {
    for (let n = 0; n < 50; n++) {
      book.outlook(row('running'));
      book.outlook(row('running', { id: 'other' }));
      await settled();
    }
    expect(asked.length).toBe(1);
    now += 1100;
    book.outlook(row('running'));
    await settled();
    expect(asked.at(-1)).toEqual(['other', 'job']);
    now += 40_000;
    book.outlook(row('running'));
    await settled();
    expect(asked.at(-1)).toEqual(['job']);
  });

  it('of a job of one task comes from those before it', async () => {
    expect(book.outlook(row('running', { split: false })).eta).toBeNull();
    await settled();
    paces = [pace({ done: 1, running: 0 })];
    now += 2000;
    book.outlook(row('running', { split: false }));
    await settled();
    const { eta } = book.outlook(row('running', { id: 'next', split: false }));
    expect((eta!.low + eta!.high) / 2).toBeCloseTo(1, 0);
  });

  it('of a job that waits says what comes before it, by turns of the visitors', async () => {
    open = [
      ...['a1', 'a2', 'a3'].map((id) => ({ id, visitor: 'ann' })),
      ...['b1', 'b2', 'b3', 'b4', 'b5'].map((id) => ({ id, visitor: 'ben' })),
    ];
    expect(book.outlook(row('queued', { id: 'a1' })).ahead).toBeUndefined();
    await settled();
    const ahead = (id: string, visitor: string) => book.outlook(row('queued', { id, visitor })).ahead;
    expect(ahead('a1', 'ann')).toBe(1);
    expect(ahead('a3', 'ann')).toBe(5);
    expect(ahead('b1', 'ben')).toBe(1);
    expect(ahead('b5', 'ben')).toBe(7);
    expect(book.outlook(row('queued', { id: 'a1' })).eta).toBeNull();
  });

  it('is done only when the job is', () => {
    expect(book.outlook(row('running', { done: 1000 })).share).toBeLessThan(1);
    expect(book.outlook(row('done')).share).toBe(1);
    expect(book.outlook(row('failed')).eta).toBeNull();
  });
});
