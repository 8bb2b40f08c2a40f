import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@tessera/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import {
  LIMITS,
  POLICY,
  RESULT,
  empty,
  imageRow,
  newJob,
  planOf,
  publish,
  submit,
  tell,
} from '../contract/job-fixture.ts';
import { KEEP, failJobs, redriveWish } from '../contract/redrive-cases.ts';
import { createJobStore } from '../create-job-store.ts';
import type { Database } from '../database.ts';
import type { JobStore } from '../job-store.ts';
import { migrate } from '../migrate.ts';
import { openPostgres } from './postgres-database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.test-support.ts';

/** What only a server with many connections can show: each store here is a master of its own. */
describe('several masters on PostgreSQL', { timeout: 120_000 }, () => {
  let test: TestDatabase;
  let databases: Database[];
  let stores: JobStore[];
  let store: JobStore;
  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'));
    databases = Array.from({ length: 8 }, () => openPostgres({ url: test.url, poolSize: 2, logger: silentLogger() }));
    await migrate(databases[0]!, silentLogger());
    stores = databases.map((database) => createJobStore(database));
    store = stores[0]!;
  });
  beforeEach(() => empty(databases[0]!));
  afterAll(async () => {
    await Promise.all(stores.map((one) => one.close()));
    await test.drop();
  });

  it('insert the next stage once when its last tasks end at once', async () => {
    for (let round = 0; round < 25; round++) {
      const { id } = await submit(store, { plan: planOf(8, 'assemble') });
      const messages = await publish(store);
      const outcomes = await Promise.all(
        // Each task is finished twice, by two masters.
        messages.flatMap((message, n) =>
          [0, 1].map((shift) => stores[(n + shift) % 8]!.applyEvent(tell(message, { type: 'done' }), POLICY)),
        ),
      );
      expect(outcomes.filter(({ applied }) => applied)).toHaveLength(8);
      expect(await store.getJob(id)).toMatchObject({ stage: 1, stagesDone: [8, 0] });
      expect((await store.getTasks(id)).filter(({ stage }) => stage === 1)).toHaveLength(1);

      const [assemble] = await publish(store);
      const ends = await Promise.all(stores.map((one) => one.applyEvent(tell(assemble!, { type: 'done' }), POLICY)));
      expect(ends.filter(({ ended }) => ended !== null)).toHaveLength(1);
    }
  });

  it('never claim the same task, and keep the windows together', async () => {
    for (let n = 0; n < 12; n++) await submit(store, { visitor: `visitor-${String(n % 3)}`, plan: planOf(25) });
    const limits = { ...LIMITS, limit: 7, inFlight: 250 };
    const claimed = await Promise.all(
      stores.map(async (one) => {
        const mine: string[] = [];
        for (let n = 0; n < 8; n++) mine.push(...(await one.claimTasks(limits)).map(({ task }) => task));
        return mine;
      }),
    );
    const all = claimed.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(250);
    expect((await store.countStates()).tasks).toEqual({ publishing: 250, ready: 50 });
  });

  it('begin an equal job each, and migrate at once', async () => {
    await Promise.all(databases.map((database) => migrate(database, silentLogger())));
    const jobs = await Promise.all(stores.map((one) => submit(one, { reuseKey: 'same' })));
    expect(jobs.map(({ state }) => state)).toEqual(Array(8).fill('queued'));
  });

  it('bring all jobs to an end while everything happens at once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) {
      ids.push(
        (await submit(store, { visitor: `visitor-${String(n % 4)}`, plan: planOf((n % 7) + 1, 'assemble') })).id,
      );
    }
    let working = true;
    let ended = 0;
    const counted = ({ ended: end }: { readonly ended: unknown }): void => {
      if (end !== null) ended += 1;
    };
    const master = async (one: JobStore, seed: number): Promise<void> => {
      for (let n = seed; working; n++) {
        const messages = await one.claimTasks({ ...LIMITS, limit: 5, inFlight: 60 });
        await Promise.all([
          one.markPublished(messages.map(({ task }) => task)),
          // Executors may be faster than the confirm of the broker.
          ...messages.map((message) => one.applyEvent(tell(message, { type: 'started' }), POLICY)),
        ]);
        await one.touchTasks(messages.map(({ task }) => task).reverse());
        await Promise.all(
          messages.map(async (message, m) => {
            const late = (n + m) % 5 === 0;
            if (late) counted(await one.applyEvent(tell(message, { type: 'returned' }), POLICY));
            else counted(await one.applyEvent(tell(message, { type: 'done' }), POLICY));
          }),
        );
        if (n % 10 === 0) await one.cancelJob(ids[n % ids.length]!);
        if (n % 7 === 0) await one.republishAll({ running: false });
        if (messages.length === 0) await sleep(5);
      }
    };
    const masters = stores.map((one, n) => master(one, n));
    const finish = async (): Promise<void> => {
      for (;;) {
        const { jobs } = await store.countStates();
        if ((jobs.queued ?? 0) + (jobs.running ?? 0) === 0) break;
        await sleep(20);
      }
      working = false;
    };
    await Promise.all([finish(), ...masters]);
    const { jobs, tasks } = await store.countStates();
    expect(ended).toBe(jobs.done);
    expect((jobs.done ?? 0) + (jobs.cancelled ?? 0)).toBe(40);
    expect(Object.keys(tasks).filter((state) => !['done', 'cancelled'].includes(state))).toEqual([]);
  });

  it('cause no deadlock between the end of a job and updates of many of its tasks', async () => {
    const before = await deadlocks();
    for (let round = 0; round < 15; round++) {
      const { id } = await submit(store, { plan: planOf(60) });
      const messages = await store.claimTasks(LIMITS);
      const tasks = messages.map(({ task }) => task);
      const backwards = tasks.toReversed();
      await Promise.all([
        stores[0]!.markPublished(tasks),
        stores[1]!.markPublished(backwards),
        stores[2]!.touchTasks(backwards),
        stores[3]!.republishAll({ running: true }),
        stores[4]!.applyEvent(tell(messages[30]!, { type: 'failed', retryable: false }), POLICY),
        stores[5]!.cancelJob(id),
        stores[6]!.claimTasks(LIMITS),
        ...messages
          .slice(0, 20)
          .map((message, n) => stores[n % 8]!.applyEvent(tell(message, { type: 'done' }), POLICY)),
      ]);
      const job = await store.getJob(id);
      expect(['failed', 'cancelled']).toContain(job?.state);
    }
    expect(await deadlocks()).toBe(before);
  });

  it('show every change to whoever reads on, in an order that does not change', async () => {
    const seen: { seq: number; job: string }[] = [];
    let writing = true;
    const reader = async (one: JobStore): Promise<readonly { seq: number; job: string }[]> => {
      const mine: { seq: number; job: string }[] = [];
      for (let last = false; !last;) {
        last = !writing;
        const after = mine.at(-1)?.seq ?? 0;
        mine.push(...(await one.listChanges({ after, limit: 50 })).map(({ seq, job }) => ({ seq, job })));
        if ((await one.listChanges({ after: mine.at(-1)?.seq ?? 0, limit: 1 })).length > 0) last = false;
      }
      return mine;
    };
    const readers = [stores[6]!, stores[7]!].map(reader);
    const ids = await Promise.all(
      stores.slice(0, 6).map(async (one) => {
        const own: string[] = [];
        for (let n = 0; n < 40; n++) {
          const { id } = await submit(one, { plan: planOf(1) });
          own.push(id);
          await one.cancelJob(id);
        }
        return own;
      }),
    );
    writing = false;
    const [first, second] = await Promise.all(readers);
    expect(first).toEqual(second);
    seen.push(...(first ?? []));
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 480 }, (_, n) => n + 1));
    expect(seen.map(({ job }) => job).sort()).toEqual(
      ids
        .flat()
        .flatMap((id) => [id, id])
        .sort(),
    );
  });

  it('never remove a result that one of them is about to reuse, nor an image that one is about to ask for', async () => {
    const all = { olderThanSeconds: 0, limit: 10, settleSeconds: 0 };
    const image = imageRow();
    const removed: string[] = [];
    const jobs: string[] = [];
    let reused = 0;
    const ask = async (one: JobStore): Promise<void> => {
      await one.insertImage(image).catch(() => undefined);
      const wish = newJob({ image, plan: planOf(1), reuseKey: 'key' });
      // An image that was removed in between is not found, as if it had never been.
      const [job] = await one.insertJobs([wish]).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'NOT_FOUND' });
        return [];
      });
      if (job !== undefined) jobs.push(job.id);
      if (job?.reused === true) reused += 1;
    };
    const remove = async (one: JobStore): Promise<void> => {
      await one.expireJobs(all);
      await one.expireImages(all);
      const keys = await one.listRemovals(100);
      removed.push(...keys.filter((key) => key.startsWith('results/')));
      await one.forgetRemovals(keys);
    };
    for (let round = 0; round < 40; round++) {
      await ask(store);
      for (const message of await publish(store)) {
        const result = { ...RESULT, key: `results/${message.job}` };
        await store.applyEvent(tell(message, { type: 'done', result }), POLICY);
      }
      await Promise.all([...stores.slice(0, 5).map(ask), ...stores.slice(5).map(remove)]);
      for (const id of jobs) expect(removed).not.toContain((await store.getJob(id))?.result?.key);
    }
    expect(reused).toBeGreaterThan(20);
    expect(removed.length).toBeGreaterThan(5);
  });

  it('bring each job of a redrive back once, and keep its pace together', async () => {
    const before = await deadlocks();
    await failJobs(store, 60);
    const wish = redriveWish({ rate: 40 });
    const started = performance.now();
    const answers = await Promise.all(
      stores.map((one, n) => one.createRedrive({ ...wish, id: `redrive-${String(n)}` })),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    let redriven = 0;
    await Promise.all(
      stores.map(async (one) => {
        while (redriven < 60) {
          const step = await one.stepRedrives(KEEP);
          if (step.redriven) redriven += 1;
          await one.settleRedrives();
          if (!step.due) await sleep(5);
        }
      }),
    );
    expect(redriven).toBe(60);
    // 60 jobs at 40 in a second, the first at once.
    expect(performance.now() - started).toBeGreaterThan(1400);
    for (let messages = await publish(store); messages.length > 0; messages = await publish(store)) {
      for (const message of messages) await store.applyEvent(tell(message, { type: 'done' }), POLICY);
    }
    const over = await Promise.all(stores.map((one) => one.settleRedrives()));
    expect(over.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(await store.listRedrives(9)).toMatchObject([{ state: 'done', total: 60, redriven: 60, succeeded: 60 }]);
    expect(await deadlocks()).toBe(before);
  });

  async function deadlocks(): Promise<unknown> {
    // Statistics are sent when a connection has been idle for a moment.
    await sleep(1500);
    const [row] = await databases[0]!.query(
      'select deadlocks::integer as n from pg_stat_database where datname = current_database()',
    );
    return row?.n;
  }
});
