import { reportSchema, type JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let job: JobDto;

const PIPELINE = [
  { op: 'k-means', params: { k: 2, iterations: 30 } },
  { op: 'invert' },
  { op: 'k-means', params: { k: 2 } },
];

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 1 });
  const image = await site.client.image(pngPicture(64, 200), 'photo.png');
  const submitted = await site.client.job(image.id, { pipeline: PIPELINE, split: 'always', verify: true });
  job = await site.client.ended(submitted.id);
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const urlOf = (step: number): string => `/api/v1/jobs/${job.id}/reports/${String(step)}`;

test('a job tells where the reports of its operations are, and how long', async () => {
  expect([job.state, job.result?.verified]).toEqual(['done', true]);
  expect(job.result?.reports).toMatchObject([
    { step: 0, op: 'k-means', url: urlOf(0) },
    { step: 2, op: 'k-means', url: urlOf(2) },
  ]);
  for (const { url, bytes } of job.result?.reports ?? []) {
    const response = await site.client.fetch(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const text = await response.text();
    expect(Buffer.byteLength(text)).toBe(bytes);
    expect(reportSchema.parse(JSON.parse(text))).toMatchObject({ op: 'k-means', settled: true });
  }
});

test('what was not needed is passed over and counts as done', () => {
  const looks = job.stages.filter(({ kind }) => kind === 'observe');
  const passed = looks.filter(({ passedOver }) => passedOver);
  expect(looks.length).toBeGreaterThan(31);
  expect(passed.length).toBeGreaterThan(10);
  expect(job.stages.every(({ tasks, done }) => done === tasks)).toBe(true);
  expect(job.progress).toMatchObject({ share: 1, done: job.progress.total });
});

test('a report has a tag, a name to save it under, and ranges', async () => {
  const whole = await site.client.fetch(urlOf(2));
  const tag = whole.headers.get('etag') ?? '';
  expect(tag).toMatch(/^"[\da-f]{40}"$/);
  expect(whole.headers.get('content-disposition')).toContain('photo-k-means-invert-k-means.3-k-means.json');
  expect((await site.client.fetch(urlOf(2), { headers: { 'if-none-match': tag } })).status).toBe(304);
  const part = await site.client.fetch(urlOf(2), { headers: { range: 'bytes=0-5' } });
  expect([part.status, await part.text()]).toEqual([206, (await whole.text()).slice(0, 6)]);
});

test('there is none of a step that makes none, nor of a job that is not done or not known', async () => {
  for (const step of ['1', '3', '-1', '00', 'x']) {
    expect((await site.client.json(`/api/v1/jobs/${job.id}/reports/${step}`)).status, step).toBe(404);
  }
  expect((await site.client.json('/api/v1/jobs/unknown/reports/0')).status).toBe(404);
  const idle = await TestSite.start(parts);
  const image = await idle.client.image(pngPicture());
  const open = await idle.client.job(image.id, { pipeline: PIPELINE });
  const { status, body } = await idle.client.json(`/api/v1/jobs/${open.id}/reports/0`);
  expect([status, body.error.code]).toEqual([409, 'CONFLICT']);
  await idle.close();
});

test('reports are in the archive, and go with the result', async () => {
  const zip = Buffer.from(await (await site.client.fetch(`/api/v1/results.zip?jobs=${job.id}`)).arrayBuffer());
  for (const name of ['photo-k-means-invert-k-means.png', 'photo-k-means-invert-k-means.1-k-means.json']) {
    expect(zip.toString('latin1')).toContain(name);
  }
  const keys = await site.keys('results/');
  expect(keys.map((key) => key.replace(job.id, 'job'))).toEqual([
    ...['results/job.png', 'results/job.report-0.json', 'results/job.report-2.json'],
  ]);
  await site.client.fetch(`/api/v1/jobs/${job.id}?forget=true`, { method: 'DELETE' });
  // What is written into the list of removals goes when it is due, as the result does.
  expect((await site.client.json(urlOf(0))).status).toBe(404);
});
