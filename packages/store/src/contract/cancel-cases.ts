import { describe, expect, it } from 'vitest';
import { APPLIED, IGNORED, POLICY, begin, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

/** What visitors do to jobs while their tasks are under way. */
export function cancelCases(place: () => StorePlace): void {
  describe('cancel and redrive', () => {
    it('cancels an open job and its open tasks, once', async () => {
      const { store } = place();
      const [first, second] = await begin(store, 3, 'assemble');
      await store.applyEvent(tell(first!, { type: 'done' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'started' }), POLICY);
      expect(await store.cancelJob(first!.job)).toBe(true);
      expect(await store.cancelJob(first!.job)).toBe(false);
      expect(await store.getJob(first!.job)).toMatchObject({ state: 'cancelled', error: null, result: null });
      expect((await store.getTasks(first!.job)).map(({ state }) => state)).toEqual(['done', 'cancelled', 'cancelled']);
      for (const type of ['started', 'done', 'failed', 'returned'] as const) {
        expect(await store.applyEvent(tell(second!, { type }), POLICY)).toEqual(IGNORED);
      }
      expect(await store.redriveJob(first!.job)).toBe(false);
      expect(await publish(store)).toEqual([]);
    });

    it('leaves ended jobs alone', async () => {
      const { store } = place();
      const job = await submit(store);
      expect(await store.redriveJob(job.id)).toBe(false);
      await runAll(store);
      const done = await store.getJob(job.id);
      expect(await store.cancelJob(job.id)).toBe(false);
      expect(await store.redriveJob(job.id)).toBe(false);
      expect(await store.getJob(job.id)).toEqual(done);
    });

    it('redrives what is not done, with fresh attempts that events of before do not touch', async () => {
      const { store } = place();
      const [first, second, third] = await begin(store, 3, 'assemble');
      await store.applyEvent(tell(first!, { type: 'done' }), POLICY);
      await store.applyEvent(tell(third!, { type: 'started', attempt: 2 }), POLICY);
      const failed = tell(second!, { type: 'failed', retryable: false });
      await store.applyEvent(failed, POLICY);
      expect(await store.redriveJob(first!.job)).toBe(true);
      expect(await store.redriveJob(first!.job)).toBe(false);
      expect(await store.getJob(first!.job)).toMatchObject({
        state: 'running',
        error: null,
        finishedAt: null,
        stagesDone: [1, 0],
      });
      expect(await store.getTasks(first!.job)).toMatchObject([
        { state: 'done', attempts: 1 },
        { state: 'ready', attempts: 0, error: null },
        { state: 'ready', attempts: 0, error: null },
      ]);
      const messages = await publish(store);
      expect(messages.map(({ index, maxAttempts, attempts }) => [index, maxAttempts - attempts])).toEqual([
        [1, 3],
        [2, 3],
      ]);
      const late = [
        failed,
        tell(third!, { type: 'failed', attempt: 3 }),
        tell(third!, { type: 'returned', attempt: 2 }),
      ];
      for (const event of late) expect(await store.applyEvent(event, POLICY)).toEqual(IGNORED);
      expect(await store.failDead(second!.task, 4)).toEqual(IGNORED);
      expect(await store.applyEvent(tell(third!, { type: 'done' }), POLICY)).toEqual(APPLIED);
      await store.applyEvent(tell(messages[0]!, { type: 'failed' }), POLICY);
      await runAll(store);
      expect(await store.getJob(first!.job)).toMatchObject({ state: 'done', stagesDone: [3, 1] });
    });
  });
}
