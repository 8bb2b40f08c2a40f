import { describe, expect, it } from 'vitest';
import { POLICY, age, imageRow, planOf, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

/** What operators see of the work. */
export function opsCases(place: () => StorePlace): void {
  describe('figures', () => {
    it('count what is open', async () => {
      const { store, database } = place();
      expect(await store.countWork()).toMatchObject({ queued: 0, ready: 0, oldestReadySeconds: 0, lastDoneAt: null });
      await submit(store, { plan: planOf(2) });
      await runAll(store);
      await submit(store, { plan: planOf(4) });
      await submit(store, { plan: planOf(1) });
      const [message] = await publish(store, { limit: 1 });
      await store.applyEvent(tell(message!, { type: 'started' }), POLICY);
      await age(database, 30);
      const work = await store.countWork();
      expect(work).toMatchObject({ queued: 1, running: 1, ready: 4, inFlight: 1, openRedrives: 0 });
      expect(work.oldestReadySeconds).toBeGreaterThanOrEqual(30);
      expect(work.lastDoneAt).toBeInstanceOf(Date);
    });

    it('tell how long the task has waited that waits longest of those that may be published', async () => {
      const { store, database } = place();
      expect(await store.oldestReadySeconds()).toBe(0);
      await submit(store, { plan: planOf(2) });
      await age(database, 40);
      await submit(store, { plan: planOf(1) });
      const oldest = await store.oldestReadySeconds();
      expect(oldest).toBeGreaterThanOrEqual(40);
      expect(oldest).toBeLessThan(160);
      // What may be published only later does not wait yet.
      await database.query(
        `update tasks set ready_at = now() + interval '1 hour' where ready_at < now() - interval '30 s'`,
      );
      expect(await store.oldestReadySeconds()).toBeLessThan(30);
      await publish(store);
      await database.query(`update tasks set ready_at = now() - interval '1 hour' where state <> 'ready'`);
      expect(await store.oldestReadySeconds()).toBe(0);
    });

    it('tell what each executor did since the last look, once', async () => {
      const { store, database } = place();
      const { until, rows } = await store.readActivity(undefined);
      expect(rows).toEqual([]);
      await submit(store, { plan: planOf(3, 'assemble') });
      const messages = await publish(store);
      for (const [n, message] of messages.entries()) {
        await store.applyEvent(tell(message, { type: 'started' }), POLICY);
        const executor = n === 0 ? 'executor-2' : 'executor-1';
        await store.applyEvent(tell(message, { type: 'done', milliseconds: 100, executor }), POLICY);
      }
      const [assemble] = await publish(store);
      await store.applyEvent(tell(assemble!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(assemble!, { type: 'failed' }), POLICY);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, { type: 'failed', retryable: false }), POLICY);
      // The last second is left to the next look.
      await database.query(`update changes set at = at - interval '2 seconds'`);
      const seen = await store.readActivity(new Date(until.getTime() - 60_000));
      const sum = (key: 'started' | 'done' | 'failed' | 'dead' | 'pixels' | 'milliseconds') =>
        seen.rows.reduce((total, row) => total + row[key], 0);
      expect([sum('started'), sum('done'), sum('failed'), sum('dead')]).toEqual([4, 3, 2, 1]);
      expect([sum('milliseconds'), Math.round(sum('pixels'))]).toEqual([300, 100 * 250]);
      expect(seen.rows.find(({ executor }) => executor === 'executor-2')).toMatchObject({ done: 1 });
      expect((await store.readActivity(seen.until)).rows).toEqual([]);
    });

    it('describe tasks by their ids', async () => {
      const { store } = place();
      const job = await submit(store, { plan: planOf(3) });
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'started' }), POLICY);
      expect(await store.describeTasks([message!.task, 'nobody'])).toMatchObject([
        {
          id: message!.task,
          job: job.id,
          image: job.image.name,
          kind: 'render',
          region: { x: 0, y: 0, width: 100, height: 100 },
          state: 'running',
          executor: 'executor-1',
        },
      ]);
      expect(await store.describeTasks([])).toEqual([]);
    });

    it('sum what is stored, a shared result once', async () => {
      const { store } = place();
      expect(await store.storageUse()).toMatchObject({ uploads: { objects: 0, bytes: 0 }, results: { objects: 0 } });
      const image = imageRow();
      await submit(store, { image, reuseKey: 'key', plan: planOf(1) });
      await runAll(store);
      await submit(store, { image, reuseKey: 'key', plan: planOf(1) });
      expect(await store.storageUse()).toEqual({
        uploads: { objects: 1, bytes: 5_000_000_000 },
        results: { objects: 1, bytes: 3_000_000_000 },
        removals: 0,
      });
    });
  });
}
