import { silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';
import { Retention, type RetentionParts } from './retention.ts';

/** Jobs and images are kept for this long here: 0.7 s. */
const HOURS = '0.0002';

let parts: TestParts;
let store: JobStore;
let site: TestSite;
beforeAll(async () => {
  parts = await startTestParts();
  store = parts.store;
});
afterEach(async () => {
  await retention().expire();
  await site.close();
});
afterAll(() => parts.close());

const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
  site = await TestSite.start(parts, { environment, slots: 1 });
};

const retention = (options: Partial<RetentionParts> = {}): Retention =>
  new Retention({
    store,
    objects: site.objects,
    logger: silentLogger(),
    keepResultsSeconds: 0.001,
    keepUploadsSeconds: 0.001,
    keepPipelinesSeconds: 0.001,
    settleSeconds: 0,
    orphanSeconds: 0,
    ...options,
  });

test('nothing remains of a job and its image when their time is over', async () => {
  await start({ KEEP_RESULTS_HOURS: HOURS, KEEP_UPLOADS_HOURS: HOURS, SWEEP_SECONDS: '1' });
  const image = await site.client.image(pngPicture(), 'secret plans.png');
  const submitted = await site.client.job(image.id);
  expect(submitted.expiresAt).toBeUndefined();
  const job = await site.client.ended(submitted.id);
  expect(job.state).toBe('done');
  expect(Date.parse(job.expiresAt ?? '') - Date.parse(job.timings.finishedAt ?? '')).toBe(720);
  await site.client.upload(['unused.png', pngPicture()]);
  expect(await site.keys()).toHaveLength(3);
  await until(async () => (await site.keys()).length === 0);
  expect(await store.getImage(image.id)).toBeUndefined();
  expect((await store.countStates()).jobs).toEqual({});
  expect(await store.listRemovals(9)).toEqual([]);
  // Whoever asks is told what is told of a job that never was.
  const bodies = new Set<string>();
  for (const path of [
    `jobs/${job.id}`,
    `jobs/${job.id}/result`,
    `jobs/${job.id}/tasks`,
    `images/${image.id}`,
    'jobs/x',
  ]) {
    const { status, body } = await site.client.json(`/api/v1/${path}`);
    expect([path, status]).toEqual([path, 404]);
    bodies.add(body.error.message);
  }
  expect(bodies.size).toBe(1);
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}`, { method: 'DELETE' })).status).toBe(404);
  expect((await site.client.post(`/api/v1/jobs/${job.id}/redrive`, {})).status).toBe(404);
  expect((await site.client.fetch(`/api/v1/events?job=${job.id}`)).status).toBe(404);
  const again = { images: [image.id], pipeline: [{ op: 'invert' }], output: { format: 'png' } };
  expect((await site.client.post('/api/v1/jobs', again)).status).toBe(404);
  expect(JSON.stringify(site.log)).not.toContain('secret plans');
});

test('with 0 hours everything is kept', async () => {
  await start({ KEEP_RESULTS_HOURS: '0', KEEP_UPLOADS_HOURS: '0', SWEEP_SECONDS: '1' });
  const job = await site.client.ended((await site.client.job((await site.client.image(pngPicture())).id)).id);
  expect(job.state).toBe('done');
  expect(job).not.toHaveProperty('expiresAt');
  await retention({ keepResultsSeconds: 0, keepUploadsSeconds: 0 }).expire();
  expect(await site.keys()).toHaveLength(2);
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}/result`)).status).toBe(200);
});

test('a result that another job shows stays until that one expires; then it is computed anew', async () => {
  await start();
  const ben = new TestClient(site.url);
  const picture = pngPicture();
  const first = await site.client.ended((await site.client.job((await site.client.image(picture)).id)).id);
  await until(() => Date.now() - Date.parse(first.timings.finishedAt ?? '') > 600);
  const other = await ben.image(picture);
  const second = await ben.job(other.id);
  expect(second.result).toMatchObject({ reused: true, pixelDigest: first.result?.pixelDigest });
  await retention({ keepResultsSeconds: 0.5 }).expire();
  expect((await site.client.json(`/api/v1/jobs/${first.id}`)).status).toBe(404);
  expect((await ben.fetch(`/api/v1/jobs/${second.id}/result`)).status).toBe(200);
  await retention({ keepUploadsSeconds: 3600 }).expire();
  expect((await ben.fetch(`/api/v1/jobs/${second.id}/result`)).status).toBe(404);
  expect(await site.keys('results/')).toEqual([]);
  const third = await ben.job(other.id);
  expect(third.state).toBe('queued');
  expect((await ben.ended(third.id)).result).toMatchObject({ reused: false, pixelDigest: first.result?.pixelDigest });
});

test('whoever dies in between leaves the rest to others, and two at once are no harm', async () => {
  await start();
  const image = await site.client.image(pngPicture());
  for (const op of ['invert', 'median', 'canny']) {
    await site.client.ended((await site.client.job(image.id, { pipeline: [{ op }] })).id);
  }
  const refusing = (call: 'delete' | 'forget'): Partial<RetentionParts> => ({
    objects: overriding<ObjectStore>(site.objects, {
      ...(call === 'delete' ? { delete: () => Promise.reject(new Error('died before')) } : {}),
    }),
    store: overriding<JobStore>(store, {
      ...(call === 'forget' ? { forgetRemovals: () => Promise.reject(new Error('died after')) } : {}),
    }),
  });
  await expect(retention(refusing('delete')).expire()).rejects.toThrow('died before');
  expect((await store.countStates()).jobs).toEqual({});
  expect(await site.keys()).toHaveLength(4);
  await expect(retention(refusing('forget')).expire()).rejects.toThrow('died after');
  expect(await site.keys()).toEqual([]);
  expect(await store.listRemovals(9)).toHaveLength(4);
  await Promise.all([retention().expire(), retention().expire()]);
  expect(await store.listRemovals(9)).toEqual([]);
});

test('objects that nobody knows go after a while; those of an upload or a job under way stay', async () => {
  await start();
  const image = await site.client.image(pngPicture());
  const job = await site.client.ended((await site.client.job(image.id)).id);
  const known = await site.keys();
  for (const key of ['uploads/orphan', 'results/orphan.png']) await site.objects.put(key, Buffer.from('x'));
  const slow = retention({ keepResultsSeconds: 0, keepUploadsSeconds: 0, orphanSeconds: 3600 });
  await slow.reconcile();
  await slow.expire();
  expect(await site.keys()).toHaveLength(4);
  await site.objects.put('uploads/late', Buffer.from('x'));
  await site.objects.put(`results/${job.id}.tif`, Buffer.from('x'));
  const quick = retention({ keepResultsSeconds: 0, keepUploadsSeconds: 0 });
  await quick.reconcile();
  await quick.expire();
  // The first two are still waiting for their hour.
  expect(await site.keys()).toEqual([...known, 'results/orphan.png', `results/${job.id}.tif`, 'uploads/orphan'].sort());
});

test('saved pipelines go when nobody looks for them any more and their visitor has no jobs', async () => {
  await start();
  const ann = new TestClient(site.url);
  const saved = { name: 'kept', pipeline: [{ op: 'invert' }], output: { format: 'png' } };
  const { body } = await ann.post<{ id: string }>('/api/v1/pipelines', saved);
  const status = async (): Promise<number> => (await ann.json(`/api/v1/pipelines/${body.id}`)).status;
  await ann.ended((await ann.job((await ann.image(pngPicture())).id)).id);
  await retention({ keepResultsSeconds: 0 }).expire();
  expect(await status()).toBe(200);
  await retention({ keepPipelinesSeconds: 0 }).expire();
  expect(await status()).toBe(200);
  await retention({ keepPipelinesSeconds: 3600 }).expire();
  expect(await status()).toBe(200);
  await retention().expire();
  expect(await status()).toBe(404);
});
