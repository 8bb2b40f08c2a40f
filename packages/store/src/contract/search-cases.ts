import { describe, expect, it } from 'vitest';
import {
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

/** How a visitor finds jobs again. */
export function searchCases(place: () => StorePlace): void {
  const named = (name: string) => ({ ...imageRow(), name });
  const blurred = { ...planOf(1), pipeline: [{ op: 'gaussian-blur' as const, params: { ksize: 9, sigma: 0 } }] };

  describe('search', () => {
    it('finds jobs by a part of the file name or of an operation, in any case, taken literally', async () => {
      const { store } = place();
      const river = await submit(store, { image: named('River 50%_a.PNG') });
      const street = await submit(store, { image: named('Straße – 写真.png'), plan: blurred });
      const path = await submit(store, { image: named('a\\b.png') });
      await submit(store, { image: imageRow('bob') });
      const search = async (text: string) =>
        (await store.listJobs({ visitor: 'ann', limit: 9, search: text })).jobs.map(({ id }) => id);
      expect(await search('river')).toEqual([river.id]);
      expect(await search('straße')).toEqual([street.id]);
      expect(await search('写真')).toEqual([street.id]);
      expect(await search('gaussian-b')).toEqual([street.id]);
      expect(await search('Gaussian Blur')).toEqual([street.id]);
      expect(await search('INVERT')).toEqual([path.id, river.id]);
      expect(await search('%')).toEqual([river.id]);
      expect(await search('_')).toEqual([river.id]);
      expect(await search('\\')).toEqual([path.id]);
      expect(await search("'; drop table jobs --")).toEqual([]);
      expect(await search('ksize')).toEqual([]);
      expect(await search('')).toHaveLength(3);
    });

    it('narrows by state, time and batch, and pages through what is left', async () => {
      const { store, database } = place();
      const old = await submit(store, { batch: 'b' });
      await runAll(store);
      await age(database, 86_400);
      const yesterday = new Date(Date.now() - 43_200_000);
      const failed = await submit(store, { plan: planOf(1) });
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'failed', retryable: false }), POLICY);
      const waiting = [await submit(store), await submit(store, { batch: 'b' }), await submit(store)];
      const list = async (query: object) =>
        (await store.listJobs({ visitor: 'ann', limit: 9, ...query })).jobs.map(({ id }) => id);
      expect(await list({ states: ['done'] })).toEqual([old.id]);
      expect(await list({ states: ['failed', 'done'] })).toEqual([failed.id, old.id]);
      expect(await list({ states: [] })).toEqual([]);
      expect(await list({ to: yesterday })).toEqual([old.id]);
      expect(await list({ from: yesterday, states: ['done'] })).toEqual([]);
      expect(await list({ batch: 'b' })).toEqual([waiting[1]!.id, old.id]);
      const first = await store.listJobs({ visitor: 'ann', limit: 2, states: ['queued'] });
      const second = await store.listJobs({ visitor: 'ann', limit: 2, states: ['queued'], before: first.next ?? '' });
      expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(waiting.map(({ id }) => id).reverse());
      expect(second.next).toBeNull();
      expect(await store.listJobs({ visitor: 'bob', limit: 2, batch: 'b' })).toEqual({ jobs: [], next: null });
    });

    it('gives jobs by their ids in the order of submission', async () => {
      const { store } = place();
      const [first, second] = [await submit(store), await submit(store, { visitor: 'bob' })];
      expect((await store.getJobs([second.id, 'unknown', first.id])).map(({ id }) => id)).toEqual([
        first.id,
        second.id,
      ]);
      expect(await store.getJobs([])).toEqual([]);
    });
  });

  describe('forget', () => {
    it('removes the visitor’s own jobs, whatever their state, and nobody else’s', async () => {
      const { store, database } = place();
      const done = await submit(store);
      await runAll(store);
      const open = await submit(store);
      const [message] = await publish(store);
      const other = await submit(store, { visitor: 'bob' });
      const kept = await submit(store);
      const jobs = [other.id, open.id, done.id, 'unknown'];
      expect(await store.forgetJobs({ jobs, visitor: 'ann', settleSeconds: 0 })).toEqual([
        { id: done.id, open: false },
        { id: open.id, open: true },
      ]);
      expect(await store.forgetJobs({ jobs, visitor: 'ann', settleSeconds: 0 })).toEqual([]);
      expect(await store.getJob(done.id)).toBeUndefined();
      await expect(store.getTasks(open.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await store.listJobs({ visitor: 'ann', limit: 9 })).jobs.map(({ id }) => id)).toEqual([kept.id]);
      expect(await store.getJob(other.id)).toMatchObject({ state: 'queued' });
      // What its executor says of it afterwards does nothing.
      await store.applyEvent(tell(message!, { type: 'done' }), POLICY);
      expect(await database.query('select from tasks where job = $1', [open.id])).toEqual([]);
      expect(await store.countOpenJobs('ann')).toBe(1);
    });

    it('lists the result for removal when the last job that has it is forgotten', async () => {
      const { store, database } = place();
      const image = imageRow();
      await store.insertImage(image);
      const [first] = await store.insertJobs([newJob({ image, reuseKey: 'key' })]);
      await runAll(store);
      const second = await submit(store, { reuseKey: 'key', visitor: 'bob' });
      expect(second.reused).toBe(true);
      await store.forgetJobs({ jobs: [first!.id], visitor: 'ann', settleSeconds: 0 });
      expect(await store.listRemovals(9)).toEqual([]);
      await store.forgetJobs({ jobs: [second.id], visitor: 'bob', settleSeconds: 60 });
      expect(await store.listRemovals(9)).toEqual([]);
      await age(database, 61);
      expect(await store.listRemovals(9)).toEqual([second.result!.key]);
    });
  });
}
