import { describe, expect, it } from 'vitest';
import type { Plan } from '@tessera/contracts';
import { APPLIED, IGNORED, POLICY, planOf, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

const anew = (tasks: number): Plan => ({ ...planOf(tasks, 'assemble'), kernel: 'next', again: 1 });

/** Jobs whose plans promise pixels that nobody makes any more. */
export function planCases(place: () => StorePlace): void {
  describe('plans of another version', () => {
    it('are found by it, those too that were inserted without telling it', async () => {
      const { store, database } = place();
      const [first, second] = [await submit(store), await submit(store)];
      const ended = await submit(store);
      await store.cancelJob(ended.id);
      await database.query('update jobs set kernel = null where id = $1', [first.id]);
      const found = async (...kernels: string[]) => (await store.listForeignJobs(kernels, 9)).map(({ id }) => id);
      expect(await found('next', 'other')).toEqual([first.id, second.id]);
      expect(await found('next', 'test')).toEqual([]);
      expect(await store.listForeignJobs([], 1)).toHaveLength(1);
    });

    it('give way to another one, and nothing that was done for them counts', async () => {
      const { store } = place();
      const { id } = await submit(store);
      const before = await publish(store);
      await store.applyEvent(tell(before[0]!, { type: 'done' }), POLICY);
      await store.applyEvent(tell(before[1]!, { type: 'started' }), POLICY);
      expect(await store.planAnew(id, 'test', { plan: anew(2), reuseKey: 'k' })).toBe(true);
      expect(await store.getJob(id)).toMatchObject({ state: 'queued', stage: 0, tasksDone: 0, tasksTotal: 3 });
      expect(await store.listAttempts(id)).toEqual([]);
      for (const message of before) {
        for (const type of ['started', 'done', 'failed'] as const) {
          expect(await store.applyEvent(tell(message, { type }), POLICY)).toEqual(IGNORED);
        }
      }
      const messages = await publish(store);
      expect(messages.map(({ plan }) => plan.again)).toEqual([1, 1]);
      for (const message of messages)
        expect(await store.applyEvent(tell(message, { type: 'done' }), POLICY)).toEqual(APPLIED);
      // Nor do late events of the stage behind.
      const late = { ...before[0]!, task: `${id}.1.0`, stage: 1, index: 0 };
      expect(await store.applyEvent(tell(late, { type: 'done' }), POLICY)).toEqual(IGNORED);
      await runAll(store);
      expect(await store.getJob(id)).toMatchObject({ state: 'done' });
    });

    it('are left where somebody else was faster, or the job is over', async () => {
      const { store } = place();
      const { id } = await submit(store);
      const wish = { plan: anew(2), reuseKey: 'k' };
      expect(await store.planAnew(id, 'other', wish)).toBe(false);
      expect(await Promise.all([store.planAnew(id, 'test', wish), store.planAnew(id, 'test', wish)])).toContain(false);
      expect((await store.getTasks(id)).length).toBe(2);
      await store.cancelJob(id);
      expect(await store.planAnew(id, 'next', wish)).toBe(false);
    });

    it('end with an error where there is no other, and may be redriven', async () => {
      const { store } = place();
      const { id } = await submit(store);
      const error = { code: 'OUTPUT_TOO_LARGE', message: 'It is too large.', attempts: 0 } as const;
      expect(await store.planAnew(id, 'test', { error })).toBe(true);
      expect(await store.getJob(id)).toMatchObject({ state: 'failed', error });
      expect(await publish(store)).toEqual([]);
      expect(await store.redriveJob(id)).toBe(true);
      expect(await publish(store)).toHaveLength(3);
    });
  });
}
