import { describe, expect, it } from 'vitest';
import { APPLIED, IGNORED, POLICY, age, begin, publish, taskOf, tell, type StorePlace } from './job-fixture.ts';

/** What tasks that executors give back do. */
export function returnCases(place: () => StorePlace): void {
  describe('return', () => {
    it('uses up no attempt', async () => {
      const { store } = place();
      let [message] = await begin(store, 1);
      for (let n = 0; n < 10; n++) {
        await store.applyEvent(tell(message!, { type: 'started' }), POLICY);
        const returned = tell(message!, { type: 'returned' });
        expect(await store.applyEvent(returned, POLICY)).toEqual(APPLIED);
        expect(await taskOf(store, message!)).toMatchObject({
          state: 'ready',
          attempts: 0,
          executor: null,
          error: null,
        });
        [message] = await publish(store);
        expect(await store.applyEvent(returned, POLICY)).toEqual(IGNORED);
        expect(message!.maxAttempts - message!.attempts).toBe(3);
      }
      await store.applyEvent(tell(message!, { type: 'failed' }), POLICY);
      [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'returned' }), POLICY);
      [message] = await publish(store);
      expect(message!.maxAttempts - message!.attempts).toBe(2);
      await store.applyEvent(tell(message!, { type: 'failed' }), POLICY);
      [message] = await publish(store);
      expect(await store.applyEvent(tell(message!, { type: 'failed' }), POLICY)).toMatchObject({
        ended: { state: 'failed' },
      });
      expect((await store.getJob(message!.job))?.error?.attempts).toBe(3);
    });

    it('waits as long as the executor says', async () => {
      const { store, database } = place();
      const [message] = await begin(store, 1);
      await store.applyEvent(tell(message!, { type: 'returned', delayMilliseconds: 30_000 }), POLICY);
      await age(database, 25);
      expect(await publish(store)).toEqual([]);
      await age(database, 10);
      expect(await publish(store)).toHaveLength(1);
    });

    it('fails in the end: after 20 returns and an hour', async () => {
      const { store, database } = place();
      let [message] = await begin(store, 1);
      for (let n = 0; n < 19; n++) {
        await store.applyEvent(tell(message!, { type: 'returned' }), POLICY);
        [message] = await publish(store);
      }
      await age(database, 3700);
      expect(await store.applyEvent(tell(message!, { type: 'returned' }), POLICY)).toEqual({
        applied: true,
        ended: { job: message!.job, state: 'failed' },
      });
      expect((await store.getJob(message!.job))?.error?.code).toBe('STORE_UNAVAILABLE');
      await store.redriveJob(message!.job);
      [message] = await publish(store);
      expect(await store.applyEvent(tell(message!, { type: 'returned' }), POLICY)).toEqual(APPLIED);
    });
  });
}
