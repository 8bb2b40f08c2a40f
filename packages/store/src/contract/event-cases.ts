import { describe, expect, it } from 'vitest';
import {
  APPLIED,
  IGNORED,
  POLICY,
  RESULT,
  age,
  begin,
  planOfRounds,
  publish,
  runAll,
  submit,
  taskOf,
  tell,
  type StorePlace,
} from './job-fixture.ts';

/** What the events of tasks do to tasks and jobs. */
export function eventCases(place: () => StorePlace): void {
  describe('progress', () => {
    it('goes through the stages and ends with the result', async () => {
      const { store } = place();
      const messages = await begin(store, 2, 'assemble', 'verify');
      const [first, second] = messages;
      const { job } = first!;
      expect((await store.getJob(job))?.state).toBe('queued');

      expect(await store.applyEvent(tell(first!, { type: 'started' }), POLICY)).toEqual(APPLIED);
      const begun = await store.getJob(job);
      expect(begun).toMatchObject({ state: 'running', stage: 0, stagesDone: [0, 0, 0] });
      expect(begun?.startedAt).toBeInstanceOf(Date);
      expect(await taskOf(store, first!)).toMatchObject({ state: 'running', executor: 'executor-1', attempts: 1 });

      expect(await store.applyEvent(tell(first!, { type: 'done' }), POLICY)).toEqual(APPLIED);
      expect(await taskOf(store, first!)).toMatchObject({ state: 'done', milliseconds: 12.5, attempts: 1 });
      expect(await store.getJob(job)).toMatchObject({ stage: 0, stagesDone: [1, 0, 0], tasksDone: 1 });
      expect(await publish(store)).toEqual([]);

      // Its `started` was lost.
      expect(await store.applyEvent(tell(second!, { type: 'done' }), POLICY)).toEqual(APPLIED);
      expect(await store.getJob(job)).toMatchObject({ state: 'running', stage: 1, stagesDone: [2, 0, 0] });
      const [assemble] = await publish(store);
      expect(assemble).toMatchObject({ job, stage: 1, index: 0, attempts: 0 });
      expect(await store.applyEvent(tell(assemble!, { type: 'done', result: RESULT }), POLICY)).toEqual(APPLIED);
      expect((await store.getJob(job))?.result).toBeNull();

      const [verify] = await publish(store);
      const result = { ...RESULT, verified: true };
      expect(await store.applyEvent(tell(verify!, { type: 'done', result }), POLICY)).toEqual({
        applied: true,
        ended: { job, state: 'done' },
      });
      const ended = await store.getJob(job);
      expect(ended).toMatchObject({ state: 'done', stage: 3, stagesDone: [2, 1, 1], result, error: null });
      expect(ended?.finishedAt).toBeInstanceOf(Date);
    });

    it('lets a job of one task start and end without a `started`', async () => {
      const { store } = place();
      const [only] = await begin(store, 1);
      expect(await store.applyEvent(tell(only!, { type: 'done' }), POLICY)).toMatchObject({ ended: { state: 'done' } });
      expect((await store.getJob(only!.job))?.startedAt).toBeInstanceOf(Date);
    });

    it('passes over the rounds that a settled merge does not need, and only these', async () => {
      const { store } = place();
      const { id: job } = await submit(store, { plan: planOfRounds(4) });
      const finish = async (settled?: true) => {
        for (const message of await publish(store)) {
          await store.applyEvent(tell(message, { type: 'done', ...(settled && { settled }) }), POLICY);
        }
        return store.getJob(job);
      };
      // An observation can not settle anything.
      expect(await finish(true)).toMatchObject({
        stage: 1,
        stagesDone: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        passedOver: [],
      });
      expect(await finish()).toMatchObject({ stage: 2 });
      expect(await finish()).toMatchObject({ stage: 3 });
      const [merge] = await publish(store);
      const settled = tell(merge!, { type: 'done', settled: true });
      expect(await store.applyEvent(settled, POLICY)).toEqual(APPLIED);
      expect(await store.applyEvent(settled, POLICY)).toEqual(IGNORED);
      expect(await store.getJob(job)).toMatchObject({
        ...{ state: 'running', stage: 8, stagesDone: [2, 1, 2, 1, 2, 1, 2, 1, 0, 0], passedOver: [4, 5, 6, 7] },
        ...{ tasksDone: 12, tasksTotal: 15 },
      });
      expect((await store.readPace([job])).map(({ stage }) => stage)).toEqual([0, 1, 2, 3, 8]);
      await runAll(store);
      expect(await store.getJob(job)).toMatchObject({ state: 'done', stage: 10 });
      expect((await store.getTasks(job)).map(({ stage }) => stage)).toEqual([0, 0, 1, 2, 2, 3, 8, 8, 9]);
      // The last round has nothing to pass over.
      const last = await submit(store, { plan: planOfRounds(1) });
      for (let n = 0; n < 2; n++) await finish(true);
      expect(await store.getJob(last.id)).toMatchObject({ stage: 2, passedOver: [] });
    });

    it('does nothing for duplicates, whatever their order', async () => {
      const { store } = place();
      const [first] = await begin(store, 2, 'assemble');
      const started = tell(first!, { type: 'started' });
      const done = tell(first!, { type: 'done' });
      expect(await store.applyEvent(started, POLICY)).toEqual(APPLIED);
      expect(await store.applyEvent(started, POLICY)).toEqual(IGNORED);
      expect(await store.applyEvent(done, POLICY)).toEqual(APPLIED);
      for (const late of [done, started, tell(first!, { type: 'failed' }), tell(first!, { type: 'returned' })]) {
        expect(await store.applyEvent(late, POLICY)).toEqual(IGNORED);
      }
      expect(await store.getJob(first!.job)).toMatchObject({ stage: 0, stagesDone: [1, 0] });
      await store.applyEvent(tell({ ...first!, task: `${first!.job}.0.1` }, { type: 'done' }), POLICY);
      expect(await store.applyEvent(done, POLICY)).toEqual(IGNORED);
      expect(await store.getJob(first!.job)).toMatchObject({ stage: 1, stagesDone: [2, 0] });
      await runAll(store);
      expect(await store.applyEvent(done, POLICY)).toEqual(IGNORED);
      expect((await store.getTasks(first!.job)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    });

    it('does nothing for tasks that do not exist or belong to another job', async () => {
      const { store } = place();
      const [first] = await begin(store, 1);
      const other = await submit(store);
      for (const stranger of [
        { ...first!, task: 'unknown' },
        { ...first!, job: 'unknown' },
        { ...first!, job: other.id },
      ]) {
        for (const type of ['started', 'done', 'failed', 'returned'] as const) {
          expect(await store.applyEvent(tell(stranger, { type }), POLICY)).toEqual(IGNORED);
        }
      }
      expect(await store.failDead('unknown', 4)).toEqual(IGNORED);
      expect(await store.countStates()).toEqual({ jobs: { queued: 2 }, tasks: { published: 1, ready: 3 } });
    });

    it('takes the result of an attempt that is over', async () => {
      const { store } = place();
      const [first] = await begin(store, 1);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.reviveTasks({ publishingSeconds: 0, runningSeconds: 0 });
      expect(await store.applyEvent(tell(first!, { type: 'failed' }), POLICY)).toEqual(IGNORED);
      expect(await store.applyEvent(tell(first!, { type: 'done' }), POLICY)).toMatchObject({
        ended: { state: 'done' },
      });
      expect(await publish(store)).toEqual([]);
    });

    it('fails the last task that comes without a result', async () => {
      const { store } = place();
      const [only] = await begin(store, 1);
      const silent = tell(only!, { type: 'done', result: undefined });
      expect(await store.applyEvent(silent, POLICY)).toEqual(APPLIED);
      expect(await taskOf(store, only!)).toMatchObject({ state: 'ready', error: { code: 'INTERNAL' } });
      await runAll(store);
      expect((await store.getJob(only!.job))?.state).toBe('done');
    });
  });

  describe('failure', () => {
    it('tries a retryable failure again until the attempts are used up, then fails the job with the region', async () => {
      const { store } = place();
      const used: number[] = [];
      const policy = { maxAttempts: 3, backoffMilliseconds: (attempts: number) => used.push(attempts) * 0 };
      await begin(store, 3, 'assemble');
      await store.republishAll({ running: false });
      for (const attempt of [1, 2, 3]) {
        const messages = await publish(store);
        const last = messages.find(({ index }) => index === 2);
        expect(last).toMatchObject({ attempts: attempt - 1, maxAttempts: 3 });
        await store.applyEvent(tell(last!, { type: 'started' }), policy);
        expect(await taskOf(store, last!)).toMatchObject({ attempts: attempt });
        const outcome = await store.applyEvent(tell(last!, { type: 'failed' }), policy);
        if (attempt < 3) {
          expect(outcome).toEqual(APPLIED);
          expect(await taskOf(store, last!)).toMatchObject({ state: 'ready', attempts: attempt, executor: null });
        } else {
          expect(outcome).toEqual({ applied: true, ended: { job: last!.job, state: 'failed' } });
          expect(await store.getJob(last!.job)).toMatchObject({
            state: 'failed',
            result: null,
            error: {
              code: 'DECODER_CRASHED',
              message: 'It crashed.',
              region: { x: 0, y: 200, width: 100, height: 50 },
              attempts: 3,
            },
          });
          expect((await store.getTasks(last!.job)).map(({ state }) => state)).toEqual([
            'cancelled',
            'cancelled',
            'failed',
          ]);
        }
      }
      expect(used).toEqual([1, 2]);
      expect(await publish(store)).toEqual([]);
    });

    it('waits for the back-off', async () => {
      const { store, database } = place();
      const [only] = await begin(store, 1);
      await store.applyEvent(tell(only!, { type: 'failed' }), { maxAttempts: 3, backoffMilliseconds: () => 60_000 });
      await age(database, 55);
      expect(await publish(store)).toEqual([]);
      await age(database, 10);
      expect(await publish(store)).toHaveLength(1);
    });

    it('counts a failure once', async () => {
      const { store } = place();
      const [only] = await begin(store, 1);
      const failed = tell(only!, { type: 'failed' });
      expect(await store.applyEvent(failed, POLICY)).toEqual(APPLIED);
      await publish(store);
      expect(await store.applyEvent(failed, POLICY)).toEqual(IGNORED);
      expect(await taskOf(store, only!)).toMatchObject({ state: 'published', attempts: 1 });
    });

    it('counts the deliveries that the broker adds', async () => {
      const { store } = place();
      const [only] = await begin(store, 1);
      expect(await store.applyEvent(tell(only!, { type: 'started', attempt: 1 }), POLICY)).toEqual(APPLIED);
      expect(await store.applyEvent(tell(only!, { type: 'started', attempt: 2, executor: 'two' }), POLICY)).toEqual(
        APPLIED,
      );
      expect(await store.applyEvent(tell(only!, { type: 'started', attempt: 1 }), POLICY)).toEqual(IGNORED);
      expect(await taskOf(store, only!)).toMatchObject({ executor: 'two', attempts: 2 });
      await store.applyEvent(tell(only!, { type: 'failed', attempt: 2 }), POLICY);
      const [again] = await publish(store);
      expect(again).toMatchObject({ attempts: 2, maxAttempts: 3 });
      expect(await store.applyEvent(tell(again!, { type: 'failed' }), POLICY)).toMatchObject({
        ended: { state: 'failed' },
      });
      expect((await store.getJob(only!.job))?.error?.attempts).toBe(3);
    });

    it('refuses to begin an attempt that is not allowed', async () => {
      const { store } = place();
      const [only] = await begin(store, 1);
      await store.applyEvent(tell(only!, { type: 'started', attempt: 3 }), POLICY);
      expect(await store.applyEvent(tell(only!, { type: 'started', attempt: 4 }), POLICY)).toEqual({
        applied: true,
        ended: { job: only!.job, state: 'failed' },
      });
      expect((await store.getJob(only!.job))?.error).toMatchObject({ code: 'ATTEMPTS_EXHAUSTED' });
    });

    it('fails at once what can not succeed, without a region where the task has none', async () => {
      const { store } = place();
      const [only] = await begin(store, 1, 'assemble');
      await store.applyEvent(tell(only!, { type: 'done' }), POLICY);
      const [assemble] = await publish(store);
      const message = `null \0 and half a \ud83d ${'x'.repeat(5000)}`;
      const event = tell(assemble!, { type: 'failed', code: 'OUTPUT_TOO_LARGE', retryable: false, message });
      expect(await store.applyEvent(event, POLICY)).toMatchObject({ ended: { state: 'failed' } });
      const error = (await store.getJob(only!.job))?.error;
      expect(error).toEqual({ code: 'OUTPUT_TOO_LARGE', message: error?.message, attempts: 1 });
      expect(error?.message).toMatch(/^null \uFFFD and half a \uFFFD x{1000}/);
      expect(error?.message.length).toBeLessThanOrEqual(2000);
      expect((await taskOf(store, assemble!))?.error?.code).toBe('OUTPUT_TOO_LARGE');
    });

    it('fails the job of a dead letter unless the task is final', async () => {
      const { store } = place();
      const [first, second] = await begin(store, 2);
      await store.applyEvent(tell(second!, { type: 'done' }), POLICY);
      expect(await store.failDead(second!.task, 4)).toEqual(IGNORED);
      expect(await store.failDead(first!.task, 4)).toEqual({
        applied: true,
        ended: { job: first!.job, state: 'failed' },
      });
      expect((await store.getJob(first!.job))?.error).toMatchObject({
        code: 'ATTEMPTS_EXHAUSTED',
        attempts: 4,
        region: { x: 0, y: 0, width: 100, height: 100 },
      });
      expect(await store.failDead(first!.task, 4)).toEqual(IGNORED);
    });
  });
}
