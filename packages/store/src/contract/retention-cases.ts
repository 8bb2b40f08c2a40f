import type { CompanionFacts } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import type { Expiry, ImageRow } from '../job-store.ts';
import {
  POLICY,
  RESULT,
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

const DAY: Expiry = { olderThanSeconds: 86_400, limit: 100, settleSeconds: 0 };
const ALL: Expiry = { ...DAY, olderThanSeconds: 0 };

/** An image that was uploaded just now. */
export function freshImage(): ImageRow {
  return { ...imageRow(), createdAt: new Date() };
}

/** What expires, what stays, and what is said to be removed. */
export function retentionCases(place: () => StorePlace): void {
  const rowsOf = async (database: Database, table: string): Promise<number> => {
    const [row] = await database.query(`select count(*)::integer as n from ${table}`);
    return Number(row?.n);
  };

  describe('retention', () => {
    it('removes jobs that ended long ago, with everything that is theirs', async () => {
      const { store, database } = place();
      const image = freshImage();
      const done = await submit(store, { image });
      await runAll(store);
      const failed = await submit(store, { image, plan: planOf(2) });
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'failed', retryable: false }), POLICY);
      const cancelled = await submit(store, { image });
      await store.cancelJob(cancelled.id);
      expect(await store.expireJobs(DAY)).toBe(0);
      await age(database, 86_401);
      const late = await submit(store, { image });
      await runAll(store);
      const open = await submit(store, { image });
      expect(await store.expireJobs({ ...DAY, limit: 2 })).toBe(2);
      expect(await store.expireJobs({ ...DAY, limit: 2 })).toBe(1);
      expect(await store.expireJobs(DAY)).toBe(0);
      for (const { id } of [done, failed, cancelled]) {
        expect(await store.getJob(id)).toBeUndefined();
        await expect(store.getTasks(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(store.redriveJob(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      expect((await store.listJobs({ visitor: 'ann', limit: 9 })).jobs.map(({ id }) => id)).toEqual([open.id, late.id]);
      expect(await rowsOf(database, 'tasks')).toBe(4 + 3);
      expect(await rowsOf(database, 'turns')).toBe(1);
      // The late job has the same result.
      expect(await store.listRemovals(9)).toEqual([]);
    });

    it('lists a result when the last job that has it expires, once it has settled', async () => {
      const { store, database } = place();
      const first = await submit(store, { reuseKey: 'key' });
      await runAll(store);
      await age(database, 86_401);
      const second = await submit(store, { reuseKey: 'key' });
      expect(second.reused).toBe(true);
      expect(await store.expireJobs(DAY)).toBe(1);
      expect(await store.getJob(first.id)).toBeUndefined();
      expect(await store.listRemovals(9)).toEqual([]);
      expect((await store.getJob(second.id))?.result).toEqual(RESULT);
      await age(database, 86_401);
      expect(await store.expireJobs({ ...DAY, settleSeconds: 60 })).toBe(1);
      expect(await store.listRemovals(9)).toEqual([]);
      await age(database, 61);
      expect(await store.listRemovals(9)).toEqual([RESULT.key]);
      expect(await store.listRemovals(9)).toEqual([RESULT.key]);
      await store.forgetRemovals([RESULT.key]);
      expect(await store.listRemovals(9)).toEqual([]);
    });

    it('keeps and lists what is beside a result as the result itself', async () => {
      const { store, database } = place();
      const companions: CompanionFacts[] = [
        { role: 'picture', key: 'results/one.picture.png', bytes: 5, contentType: 'image/png' },
        { role: 'legend', key: 'results/one.legend.svg', bytes: 7, contentType: 'image/svg+xml' },
      ];
      const reports = [
        { step: 0, op: 'statistics', key: 'results/one.report-0.json', bytes: 3, sha256: 'ab'.repeat(32) },
      ];
      const keys = [RESULT.key, ...[...companions, ...reports].map(({ key }) => key)];
      const result = { ...RESULT, companions, reports };
      await submit(store, { reuseKey: 'key', plan: planOf(1) });
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'done', result }), POLICY);
      const second = await submit(store, { reuseKey: 'key', plan: planOf(1) });
      expect(second).toMatchObject({ reused: true, result });
      expect(await store.storageUse()).toMatchObject({ results: { objects: 4, bytes: RESULT.bytes + 15 } });
      expect(await store.expireJobs({ ...ALL, limit: 1 })).toBe(1);
      const stored = [...keys, 'results/one.other.png'].map((key) => ({ key, owner: 'gone' }));
      expect(await store.noteOrphans(stored, 0)).toBe(1);
      expect(await store.listRemovals(9)).toEqual(['results/one.other.png']);
      await store.forgetRemovals(['results/one.other.png']);
      // Listed by somebody who did not know them yet.
      await database.query('insert into removals (key, due_at) select unnest($1::text[]), now()', [keys]);
      expect(await store.listRemovals(9)).toEqual([]);
      expect(await store.expireJobs(ALL)).toBe(1);
      expect([...(await store.listRemovals(9))].sort()).toEqual([...keys].sort());
    });

    it('computes a job again whose equal one has expired', async () => {
      const { store } = place();
      await submit(store, { reuseKey: 'key' });
      await runAll(store);
      expect(await store.expireJobs(ALL)).toBe(1);
      const again = await submit(store, { reuseKey: 'key' });
      expect(again).toMatchObject({ state: 'queued', reused: false });
      expect(await store.listRemovals(9)).toEqual([RESULT.key]);
      // Its result comes under a key that is still to be removed, and is not removed.
      await runAll(store);
      expect(await store.listRemovals(9)).toEqual([]);
    });

    it('removes images that no job has and none asked for since', async () => {
      const { store, database } = place();
      const [unused, used] = [freshImage(), freshImage()];
      await store.insertImage(unused);
      const job = await submit(store, { image: used });
      expect(await store.expireImages(DAY)).toBe(0);
      await age(database, 86_401);
      const young = freshImage();
      await store.insertImage(young);
      expect(await store.expireImages(DAY)).toBe(1);
      expect(await store.getImage(unused.id)).toBeUndefined();
      expect(await store.listRemovals(9)).toEqual([unused.key]);
      await expect(store.insertJobs([newJob({ image: unused })])).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await store.cancelJob(job.id);
      const younger = await submit(store, { image: used });
      await store.cancelJob(younger.id);
      expect(await store.expireJobs({ ...ALL, limit: 1 })).toBe(1);
      expect(await store.expireImages(ALL)).toBe(1);
      expect(await store.getImage(young.id)).toBeUndefined();
      expect(await store.getImage(used.id)).toMatchObject({ key: used.key });
      expect(await store.expireJobs(ALL)).toBe(1);
      // It was uploaded long ago, but asked for just now.
      expect(await store.expireImages(DAY)).toBe(0);
      await age(database, 86_401);
      expect(await store.expireImages(DAY)).toBe(1);
      expect(await rowsOf(database, 'images')).toBe(0);
    });

    it('keeps images that a job reads besides as long as the job', async () => {
      const { store, database } = place();
      const [image, other] = [freshImage(), freshImage()];
      await store.insertImage(other);
      const plan = { ...planOf(1), others: [{ ...other, name: other.id }] };
      const job = await submit(store, { image, plan });
      await submit(store, { image, plan: planOf(1) });
      await age(database, 86_401);
      expect(await store.expireImages(DAY)).toBe(0);
      await store.forgetJobs({ jobs: [job.id], visitor: job.visitor, settleSeconds: 0 });
      expect(await store.expireImages(DAY)).toBe(1);
      expect(await store.getImage(other.id)).toBeUndefined();
      expect(await store.listRemovals(9)).toEqual([other.key]);
      await expect(store.insertJobs([newJob({ image, plan })])).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await rowsOf(database, 'jobs')).toBe(1);
    });

    it('lists objects that nobody knows', async () => {
      const { store, database } = place();
      const image = freshImage();
      const done = await submit(store, { image });
      await runAll(store);
      const open = await submit(store, { image });
      const arriving = freshImage();
      const stored = [
        { key: image.key, owner: image.id },
        { key: `results/${image.id}.tiled.tif`, owner: image.id },
        { key: RESULT.key, owner: 'gone' },
        { key: 'results/unused.png', owner: done.id },
        { key: 'results/early.png', owner: open.id },
        { key: 'results/orphan.png', owner: 'nobody' },
        { key: 'uploads/orphan', owner: 'orphan' },
        { key: arriving.key, owner: arriving.id },
      ];
      expect(await store.noteOrphans(stored, 3600)).toBe(3);
      expect(await store.noteOrphans(stored, 3600)).toBe(0);
      expect(await store.listRemovals(9)).toEqual([]);
      await store.insertImage(arriving);
      await age(database, 3601);
      expect(await store.listRemovals(1)).toEqual(['results/orphan.png']);
      expect(await store.listRemovals(9)).toEqual(['results/orphan.png', 'uploads/orphan']);
    });

    it('puts unfinished jobs back to their beginning', async () => {
      const { store } = place();
      const done = await submit(store, { plan: planOf(1) });
      await runAll(store);
      const before = await store.getJob(done.id);
      const failed = await submit(store, { plan: planOf(2, 'assemble') });
      const running = await submit(store, { plan: planOf(2, 'assemble') });
      for (const message of await publish(store)) {
        await store.applyEvent(tell(message, { type: 'started' }), POLICY);
        await store.applyEvent(tell(message, { type: 'done' }), POLICY);
      }
      for (const message of await publish(store)) {
        const told =
          message.job === failed.id
            ? tell(message, { type: 'failed', retryable: false })
            : tell(message, { type: 'started' });
        await store.applyEvent(told, POLICY);
      }
      const cancelled = await submit(store);
      await store.cancelJob(cancelled.id);
      expect(await store.rewindJobs()).toBe(2);
      expect(await store.getJob(done.id)).toEqual(before);
      expect(await store.getJob(cancelled.id)).toMatchObject({ state: 'cancelled' });
      expect(await store.getJob(running.id)).toMatchObject({
        state: 'queued',
        stage: 0,
        tasksDone: 0,
        startedAt: null,
      });
      expect(await store.getJob(failed.id)).toMatchObject({ state: 'failed', stage: 0, tasksDone: 0 });
      expect(await store.redriveJob(failed.id)).toBe(true);
      await runAll(store);
      for (const { id } of [running, failed]) {
        expect(await store.getJob(id)).toMatchObject({ state: 'done', stagesDone: [2, 1], result: RESULT });
      }
    });
  });
}
