import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let stranger: TestClient;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 1, environment: { SWEEP_SECONDS: '1' } });
  stranger = new TestClient(site.url);
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

const list = async (client: TestClient, query = ''): Promise<readonly string[]> =>
  (await client.json<{ jobs: JobDto[] }>(`/api/v1/jobs?${query}`)).body.jobs.map(({ id }) => id);

test('jobs are found by name, operation, state and time, by their visitor only', async () => {
  const image = await site.client.image(pngPicture(), 'Größe 100%.png');
  const done = await site.client.ended((await site.client.job(image.id)).id);
  const since = encodeURIComponent(done.timings.createdAt);
  for (const query of [
    'q=gr%C3%B6',
    'q=100%25',
    'q=INVERT',
    'state=done',
    'state=failed&state=done',
    `from=${since}`,
  ]) {
    expect([query, await list(site.client, query)]).toEqual([query, [done.id]]);
    expect([query, await list(stranger, query)]).toEqual([query, []]);
  }
  for (const query of ['q=median', 'q=%25%25', 'state=running', `to=${since}`, 'batch=b']) {
    expect([query, await list(site.client, query)]).toEqual([query, []]);
  }
  for (const query of ['state=lost', 'from=yesterday', `q=${'x'.repeat(201)}`]) {
    expect((await site.client.json(`/api/v1/jobs?${query}`)).status).toBe(400);
  }
});

test('a job is deleted by its visitor only, with its result; an equal job keeps the file', async () => {
  const image = await site.client.image(pngPicture(), 'secret.png');
  const first = await site.client.ended((await site.client.job(image.id, { reuse: false })).id);
  const again = await stranger.job(image.id);
  expect(again.result?.reused).toBe(true);
  const path = `/api/v1/jobs/${first.id}?forget=true`;
  expect((await stranger.fetch(path, { method: 'DELETE' })).status).toBe(404);
  expect((await site.client.fetch(path, { method: 'DELETE' })).status).toBe(204);
  expect((await site.client.fetch(path, { method: 'DELETE' })).status).toBe(404);
  expect((await site.client.fetch(`/api/v1/jobs/${first.id}`)).status).toBe(404);
  expect((await site.client.fetch(`/api/v1/jobs/${first.id}/result`)).status).toBe(404);
  expect((await stranger.fetch(again.result?.url ?? '')).status).toBe(200);
  const jobs = [...(await list(site.client)), first.id, again.id];
  const { body } = await stranger.post<{ forgotten: string[] }>('/api/v1/jobs/forget', { jobs });
  expect(body.forgotten).toEqual([again.id]);
  await site.client.post('/api/v1/jobs/forget', { jobs });
  await until(async () => (await site.keys('results/')).length === 0);
});

test('an open job is cancelled and gone', async () => {
  const idle = await TestSite.start(parts);
  const image = await idle.client.image(pngPicture());
  const job = await idle.client.job(image.id);
  expect((await idle.client.fetch(`/api/v1/jobs/${job.id}?forget=true`, { method: 'DELETE' })).status).toBe(204);
  expect(await list(idle.client)).toEqual([]);
  expect((await idle.client.fetch(`/api/v1/jobs/${job.id}`)).status).toBe(404);
  await idle.close();
});
