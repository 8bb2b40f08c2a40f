import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  RESULT,
  imageRow,
  newJob,
  planOf,
  publish,
  runAll,
  submit,
  tell,
  POLICY,
  type StorePlace,
} from './job-fixture.ts';

/** Images and jobs: what goes in comes out. */
export function jobCases(place: () => StorePlace): void {
  describe('images and jobs', () => {
    it('gives an image back as it was inserted', async () => {
      const { store } = place();
      for (const image of [imageRow(), { ...imageRow(), depth: 16 as const }]) {
        await store.insertImage(image);
        expect(await store.getImage(image.id)).toEqual(image);
      }
      expect(await store.getImage('unknown')).toBeUndefined();
    });

    it('refuses an image id that is taken', async () => {
      const { store } = place();
      const image = imageRow();
      await store.insertImage(image);
      await expect(store.insertImage(image)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await store.getImage(image.id)).toEqual(image);
    });

    it('gives a new job with its image, its plan and the tasks of its first stage', async () => {
      const { store } = place();
      const image = imageRow();
      const plan = planOf(3, 'assemble', 'verify');
      const job = await submit(store, { image, plan, batch: 'b' });
      expect(job).toEqual({
        id: job.id,
        visitor: 'ann',
        batch: 'b',
        image,
        plan,
        state: 'queued',
        stage: 0,
        stagesDone: [0, 0, 0],
        passedOver: [],
        tasksDone: 0,
        tasksTotal: 5,
        error: null,
        result: null,
        reused: false,
        strategy: 'balanced',
        working: false,
        createdAt: job.createdAt,
        startedAt: null,
        finishedAt: null,
      });
      expect(Math.abs(Date.now() - job.createdAt.getTime())).toBeLessThan(60_000);
      expect(await store.getJob(job.id)).toEqual(job);
      expect(await store.getTasks(job.id)).toEqual(
        [0, 1, 2].map((index) => ({
          id: `${job.id}.0.${String(index)}`,
          job: job.id,
          stage: 0,
          index,
          state: 'ready',
          executor: null,
          attempts: 0,
          milliseconds: null,
          error: null,
        })),
      );
    });

    it('inserts all jobs of a call or none', async () => {
      const { store } = place();
      const image = imageRow();
      await store.insertImage(image);
      const good = newJob({ image });
      await expect(store.insertJobs([good, newJob({ image: imageRow() })])).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await store.getJob(good.id)).toBeUndefined();
      await store.insertJobs([good]);
      await expect(store.insertJobs([newJob({ image }), good])).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await store.countOpenJobs('ann')).toBe(1);
      expect(await store.insertJobs([])).toEqual([]);
    });

    it('says NOT_FOUND for ids that do not exist', async () => {
      const { store } = place();
      expect(await store.getJob('unknown')).toBeUndefined();
      const calls = [store.getBatch('x'), store.getTasks('x'), store.cancelJob('x'), store.redriveJob('x')];
      const refused = { status: 'rejected', reason: { code: 'NOT_FOUND' } };
      expect(await Promise.allSettled(calls)).toMatchObject([refused, refused, refused, refused]);
    });

    it('knows whose jobs are in a batch', async () => {
      const { store } = place();
      const batch = randomUUID();
      await submit(store, { batch });
      expect(await store.hasBatch('ann', batch)).toBe(true);
      expect(await store.hasBatch('bob', batch)).toBe(false);
      expect(await store.hasBatch('ann', randomUUID())).toBe(false);
    });

    it('lists the jobs of a visitor, newest first, page by page', async () => {
      const { store } = place();
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) ids.unshift((await submit(store)).id);
      const other = await submit(store, { visitor: 'bob' });
      const first = await store.listJobs({ visitor: 'ann', limit: 2 });
      await submit(store);
      const second = await store.listJobs({ visitor: 'ann', limit: 2, before: first.next ?? '' });
      const third = await store.listJobs({ visitor: 'ann', limit: 2, before: second.next ?? '' });
      expect([first, second, third].map(({ jobs }) => jobs.map(({ id }) => id))).toEqual([
        ids.slice(0, 2),
        ids.slice(2, 4),
        ids.slice(4),
      ]);
      expect(third.next).toBeNull();
      expect(await store.listJobs({ visitor: 'ann', limit: 2, before: other.id })).toEqual({ jobs: [], next: null });
      expect(await store.listJobs({ visitor: 'nobody', limit: 2 })).toEqual({ jobs: [], next: null });
    });

    it('gives a batch in the order of submission', async () => {
      const { store } = place();
      const image = imageRow();
      await store.insertImage(image);
      const jobs = Array.from({ length: 30 }, () => newJob({ image, batch: 'b' }));
      const rows = await store.insertJobs(jobs);
      expect(rows.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
      expect(await store.getBatch('b')).toEqual(rows);
    });

    it('counts open jobs per visitor, and states', async () => {
      const { store } = place();
      await submit(store);
      await runAll(store);
      const cancelled = await submit(store);
      await store.cancelJob(cancelled.id);
      await submit(store);
      await submit(store, { visitor: 'bob' });
      expect(await store.countOpenJobs('ann')).toBe(1);
      expect(await store.countOpenJobs('nobody')).toBe(0);
      expect(await store.countStates()).toEqual({
        jobs: { done: 1, cancelled: 1, queued: 2 },
        tasks: { done: 4, cancelled: 3, ready: 6 },
      });
      await store.ping();
    });
  });

  describe('reuse', () => {
    const reuseKey = randomUUID();

    it('ends a job at once whose key has a finished one', async () => {
      const { store } = place();
      const first = await submit(store, { reuseKey });
      await runAll(store);
      const second = await submit(store, { reuseKey, visitor: 'bob' });
      expect(second).toMatchObject({
        state: 'done',
        reused: true,
        result: RESULT,
        stage: 2,
        stagesDone: [3, 1],
        tasksDone: 4,
        tasksTotal: 4,
        visitor: 'bob',
      });
      expect(second.finishedAt).toBeInstanceOf(Date);
      expect(await store.getTasks(second.id)).toEqual([]);
      expect(await store.claimTasks({ limit: 9, perJob: 9, inFlight: 9, maxAttempts: 3 })).toEqual([]);
      expect((await store.getJob(first.id))?.reused).toBe(false);
    });

    it('runs a job that does not want it, or whose key has no finished one', async () => {
      const { store } = place();
      const first = await submit(store, { reuseKey });
      expect((await submit(store, { reuseKey })).state).toBe('queued');
      await store.cancelJob(first.id);
      expect((await submit(store, { reuseKey })).state).toBe('queued');
      await runAll(store);
      expect((await submit(store, { reuseKey, reuse: false })).state).toBe('queued');
      expect((await submit(store, { reuseKey: 'another' })).state).toBe('queued');
    });

    it('gives a job to be verified a verified result only', async () => {
      const { store } = place();
      await submit(store, { reuseKey });
      await runAll(store);
      const verified = await submit(store, { reuseKey, verify: true, plan: planOf(1) });
      expect(verified.state).toBe('queued');
      const [message] = await publish(store);
      const result = { ...RESULT, verified: true };
      await store.applyEvent(tell(message!, { type: 'done', result }), POLICY);
      expect(await submit(store, { reuseKey, verify: true })).toMatchObject({ state: 'done', result });
      expect(await submit(store, { reuseKey })).toMatchObject({ state: 'done', result });
    });
  });
}
