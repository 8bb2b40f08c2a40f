import { describe, expect, it } from 'vitest';
import { POLICY, age, planOf, publish, submit, tell, type StorePlace } from './job-fixture.ts';

/** What visitors watch. */
export function changeCases(place: () => StorePlace): void {
  /** Changes as `kind state` after `after`. */
  const changes = async (after = 0, jobs?: readonly string[]): Promise<readonly string[]> =>
    (await place().store.listChanges({ after, limit: 1000, jobs })).map(({ kind, task }) =>
      task === null ? kind : `${kind} ${String(task.index)} ${task.state}`,
    );

  describe('changes', () => {
    it('tells the life of a job in order', async () => {
      const { store } = place();
      expect(await store.lastChange()).toBe(0);
      expect(await changes()).toEqual([]);
      const { id } = await submit(store, { plan: planOf(2, 'assemble') });
      const [first, second] = await publish(store);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(first!, { type: 'done' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'failed' }), POLICY);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, { type: 'done' }), POLICY);
      const [assemble] = await publish(store);
      await store.applyEvent(tell(assemble!, { type: 'failed', retryable: false }), POLICY);
      await store.redriveJob(id);
      await store.cancelJob(id);
      expect(await changes()).toEqual([
        'job',
        'job',
        'task 0 running',
        'task 0 done',
        'task 1 running',
        'task 1 ready',
        'task 1 done',
        'job',
        'task 0 failed',
        'job',
        'job',
        'job',
      ]);
      expect(await store.lastChange()).toBe(12);
      const [change] = await store.listChanges({ after: 3, limit: 1 });
      expect(change).toEqual({
        seq: 4,
        job: id,
        kind: 'task',
        task: {
          id: first!.task,
          job: id,
          stage: 0,
          index: 0,
          state: 'done',
          executor: 'executor-1',
          attempts: 1,
          milliseconds: 12.5,
          error: null,
        },
      });
    });

    it('goes on after a number, for some jobs only', async () => {
      const { store } = place();
      const one = await submit(store);
      const two = await submit(store);
      expect(await store.lastChange()).toBe(2);
      expect((await store.listChanges({ after: 0, limit: 1 })).map(({ seq, job }) => [seq, job])).toEqual([
        [1, one.id],
      ]);
      expect((await store.listChanges({ after: 1, limit: 9 })).map(({ seq, job }) => [seq, job])).toEqual([
        [2, two.id],
      ]);
      expect(await store.listChanges({ after: 2, limit: 9 })).toEqual([]);
      await store.cancelJob(one.id);
      await store.cancelJob(two.id);
      expect((await store.listChanges({ after: 2, limit: 9, jobs: [two.id] })).map(({ job }) => job)).toEqual([two.id]);
      expect(await changes(0, [])).toEqual([]);
      expect(await changes(0, ['unknown'])).toEqual([]);
    });

    it('forgets what is old, and never gives a number twice', async () => {
      const { store, database } = place();
      await submit(store);
      await submit(store);
      expect(await store.lastChange()).toBe(2);
      await age(database, 100);
      await submit(store);
      expect(await store.pruneChanges(50)).toBe(2);
      expect(await store.pruneChanges(50)).toBe(0);
      expect((await store.listChanges({ after: 0, limit: 9 })).map(({ seq }) => seq)).toEqual([3]);
      await age(database, 100);
      await store.pruneChanges(50);
      expect(await store.lastChange()).toBe(3);
      await submit(store);
      expect(await store.lastChange()).toBe(4);
    });

    it('tells that a running task was revived', async () => {
      const { store } = place();
      await submit(store, { plan: planOf(2) });
      const [first] = await publish(store);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      await store.republishAll({ running: true });
      expect((await changes()).slice(3)).toEqual(['task 0 ready']);
    });
  });
}
