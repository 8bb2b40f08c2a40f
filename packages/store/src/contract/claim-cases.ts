import { describe, expect, it } from 'vitest';
import {
  LIMITS,
  POLICY,
  age,
  imageRow,
  newJob,
  planOf,
  publish,
  runAll,
  submit,
  tell,
  type StorePlace,
} from './job-fixture.ts';

/** The relay: who is published when, and what is published again. */
export function claimCases(place: () => StorePlace): void {
  /** Submits a job of `tasks` tasks and gives its id. */
  const job = async (visitor: string, tasks: number): Promise<string> =>
    (await submit(place().store, { visitor, plan: planOf(tasks) })).id;
  /** Claims and publishes one task after another and gives their jobs. */
  const turns = async (count: number): Promise<readonly string[]> => {
    const jobs: string[] = [];
    for (let n = 0; n < count; n++)
      jobs.push(...(await publish(place().store, { limit: 1 })).map((message) => message.job));
    return jobs;
  };

  describe('claim', () => {
    it('gives a message for each task, and each task once', async () => {
      const { store } = place();
      const image = imageRow();
      const plan = planOf(2, 'assemble');
      const { id } = await submit(store, { image, plan });
      const messages = await store.claimTasks(LIMITS);
      expect(messages).toEqual(
        [0, 1].map((index) => ({
          v: 1,
          task: `${id}.0.${String(index)}`,
          job: id,
          stage: 0,
          index,
          attempts: 0,
          maxAttempts: 3,
          image: { id: image.id, key: image.key, bytes: image.bytes, sha256: image.sha256, format: 'png' },
          plan,
        })),
      );
      expect((await store.getTasks(id)).map(({ state }) => state)).toEqual(['publishing', 'publishing']);
      expect(await store.claimTasks(LIMITS)).toEqual([]);
    });

    it('is fair over visitors, then over jobs, within one call', async () => {
      const { store } = place();
      const [a1, a2, b1] = [await job('ann', 4), await job('ann', 4), await job('bob', 4)];
      const claimed = (await store.claimTasks({ ...LIMITS, limit: 9 })).map((message) => message.job);
      expect(claimed.slice(0, 8).filter((id) => id === b1)).toHaveLength(4);
      expect(claimed.slice(0, 2).sort()).toEqual([a1, b1].sort());
      expect(claimed.filter((id) => id !== b1)).toEqual([a1, a2, a1, a2, a1]);
    });

    it('is fair over visitors, then over jobs, over many calls', async () => {
      const [a1, a2, b1] = [await job('ann', 4), await job('ann', 4), await job('bob', 4)];
      const claimed = await turns(9);
      expect(claimed.slice(0, 8).filter((id) => id === b1)).toHaveLength(4);
      expect(claimed.filter((id) => id !== b1)).toEqual([a1, a2, a1, a2, a1]);
    });

    it('lets a late small job pass a large one, and a late visitor catch up', async () => {
      const large = await job('ann', 50);
      expect(await turns(10)).toEqual(Array(10).fill(large));
      const small = await job('ann', 1);
      expect(await turns(1)).toEqual([small]);
      const bob = await job('bob', 20);
      expect(await turns(11)).toEqual(Array(11).fill(bob));
    });

    it('lets everybody take turns where there is room for one task only', async () => {
      const { store } = place();
      const jobs = [await job('ann', 9), await job('ann', 9), await job('bob', 9), await job('eve', 9)];
      const served: string[] = [];
      for (let n = 0; n < 12; n++) {
        const [message, ...more] = await publish(store, { inFlight: 1 });
        expect(more).toEqual([]);
        served.push(message!.job);
        await store.applyEvent(tell(message!, { type: 'done' }), POLICY);
      }
      expect(jobs.map((id) => served.filter((one) => one === id).length)).toEqual([2, 2, 4, 4]);
      expect(new Set(served.slice(0, 3)).size).toBe(3);
    });

    it('works on the older jobs of a visitor first, a few at a time', async () => {
      const { store } = place();
      const jobs: string[] = [];
      for (let n = 0; n < 10; n++) jobs.push(await job('ann', 2));
      const left = new Map(jobs.map((id) => [id, 2]));
      for (const id of await turns(20)) {
        const active = [...left].filter(([, tasks]) => tasks > 0).slice(0, 8);
        expect(active.map(([one]) => one)).toContain(id);
        left.set(id, (left.get(id) ?? 0) - 1);
      }
      expect(await store.claimTasks(LIMITS)).toEqual([]);
    });

    it('keeps the windows of a job and of all jobs', async () => {
      const { store } = place();
      const [a, b] = [await job('ann', 10), await job('bob', 10)];
      const first = await publish(store, { perJob: 3, inFlight: 100 });
      expect(first.filter((message) => message.job === a)).toHaveLength(3);
      expect(first.filter((message) => message.job === b)).toHaveLength(3);
      expect(await publish(store, { perJob: 3, inFlight: 100 })).toEqual([]);
      expect(await publish(store, { perJob: 10, inFlight: 6 })).toEqual([]);
      expect(await publish(store, { perJob: 10, inFlight: 8 })).toHaveLength(2);
      const mine = first.find((message) => message.job === a);
      await store.applyEvent(tell(mine!, { type: 'started' }), POLICY);
      expect(await publish(store, { perJob: 10, inFlight: 8 })).toEqual([]);
      await store.applyEvent(tell(mine!, { type: 'done' }), POLICY);
      expect(await publish(store, { perJob: 10, inFlight: 8 })).toHaveLength(1);
      expect(await publish(store, { inFlight: 0 })).toEqual([]);
      expect(await publish(store, { perJob: 10, inFlight: 100, limit: 5 })).toHaveLength(5);
    });

    it('forgets the turns of jobs that are over', async () => {
      const { store, database } = place();
      await job('ann', 2);
      await runAll(store);
      await job('ann', 1);
      await publish(store);
      await age(database, 100);
      await store.pruneChanges(10);
      expect(await database.query('select job from turns')).toHaveLength(1);
    });

    it('finds its way through many jobs', async () => {
      const { store } = place();
      const image = imageRow();
      await store.insertImage(image);
      await store.insertJobs(Array.from({ length: 1000 }, () => newJob({ image, plan: planOf(1) })));
      const late = await job('bob', 1);
      const messages = await publish(store, { limit: 64 });
      expect(messages).toHaveLength(64);
      expect(messages.slice(0, 2).map((message) => message.job)).toContain(late);
    });
  });

  describe('publish', () => {
    it('marks what the broker confirmed, unless it went on already', async () => {
      const { store } = place();
      await job('ann', 3);
      const [first, second, third] = await store.claimTasks(LIMITS);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'done' }), POLICY);
      await store.markPublished([first!.task, second!.task, third!.task, 'unknown']);
      expect((await store.getTasks(first!.job)).map(({ state }) => state)).toEqual(['running', 'done', 'published']);
      await store.unclaimTasks([first!.task, second!.task, third!.task, 'unknown']);
      expect((await store.getTasks(first!.job)).map(({ state }) => state)).toEqual(['running', 'done', 'published']);
      await store.markPublished([]);
    });

    it('takes back what was not published', async () => {
      const { store } = place();
      const id = await job('ann', 2);
      const [first] = await store.claimTasks(LIMITS);
      await store.unclaimTasks([first!.task]);
      expect((await store.getTasks(id)).map(({ state }) => state)).toEqual(['ready', 'publishing']);
      expect((await store.claimTasks(LIMITS)).map(({ task }) => task)).toEqual([first!.task]);
    });

    it('revives what a relay or an executor left behind, by the time since', async () => {
      const { store, database } = place();
      const id = await job('ann', 4);
      const [first, second, third] = await store.claimTasks(LIMITS);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'started' }), POLICY);
      await store.markPublished([third!.task]);
      await age(database, 30);
      expect(await store.reviveTasks({ publishingSeconds: 60, runningSeconds: 60 })).toBe(0);
      await store.touchTasks([first!.task, 'unknown']);
      expect(await store.reviveTasks({ publishingSeconds: 20, runningSeconds: 20 })).toBe(2);
      expect((await store.getTasks(id)).map(({ state }) => state)).toEqual(['running', 'ready', 'published', 'ready']);
      const again = await publish(store);
      // The attempt of the one that ran is used up, that of the one that was on its way is not.
      expect(again.map(({ index, attempts }) => [index, attempts])).toEqual([
        [1, 1],
        [3, 0],
      ]);
    });

    it('publishes all again when the broker has lost its queues', async () => {
      const { store, database } = place();
      const id = await job('ann', 4);
      const [running] = await store.claimTasks({ ...LIMITS, limit: 1 });
      await store.applyEvent(tell(running!, { type: 'started' }), POLICY);
      const [published] = await publish(store, { limit: 1 });
      await store.claimTasks({ ...LIMITS, limit: 1 });
      await age(database, 30);
      await store.touchTasks([published!.task]);
      expect(await store.republishAll({ running: false, olderThanSeconds: 60 })).toBe(0);
      expect(await store.republishAll({ running: false, olderThanSeconds: 20 })).toBe(1);
      expect(await store.republishAll({ running: false })).toBe(1);
      expect((await store.getTasks(id)).map(({ state }) => state)).toEqual(['running', 'ready', 'ready', 'ready']);
      expect(await store.republishAll({ running: true })).toBe(1);
      expect(await publish(store)).toHaveLength(4);
    });

    it('bounds the attempts of a task that brings every executor down', async () => {
      const { store } = place();
      const id = await job('ann', 1);
      for (let n = 0; n < 3; n++) {
        const [message] = await publish(store);
        expect(await store.applyEvent(tell(message!, { type: 'started' }), POLICY)).toMatchObject({ ended: null });
        await store.republishAll({ running: true });
      }
      const [message] = await publish(store);
      expect(message!.attempts).toBe(message!.maxAttempts);
      expect(await store.applyEvent(tell(message!, { type: 'started' }), POLICY)).toEqual({
        applied: true,
        ended: { job: id, state: 'failed' },
      });
      expect((await store.getJob(id))?.error?.code).toBe('ATTEMPTS_EXHAUSTED');
    });
  });
}
