import { reportSchema, type JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let job: JobDto;
let whole: Buffer;
let tag: string;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 1 });
  const image = await site.client.image(pngPicture(64, 48), 'Größe.jpeg');
  const submitted = await site.client.job(image.id, {
    pipeline: [{ op: 'invert' }, { op: 'median' }],
    output: { format: 'tiff' },
  });
  job = await site.client.ended(submitted.id);
  const response = await fetchResult();
  whole = Buffer.from(await response.arrayBuffer());
  tag = response.headers.get('etag') ?? '';
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const fetchResult = (headers: Record<string, string> = {}, method = 'GET') =>
  site.client.fetch(job.result?.url ?? '', { method, headers });

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('the whole file comes with its type, its length, its tag and a name to save it under', async () => {
  const response = await fetchResult();
  expect(response.status).toBe(200);
  expect(
    Object.fromEntries(
      [
        'content-type',
        'content-length',
        'accept-ranges',
        'content-disposition',
        'x-content-type-options',
        'content-security-policy',
      ].map((name) => [name, response.headers.get(name)]),
    ),
  ).toEqual({
    'content-type': 'image/tiff',
    'content-length': String(job.result?.bytes),
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename="Gro_e-invert-median.tif"; filename*=UTF-8''Gr%C3%B6%C3%9Fe-invert-median.tif`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(whole.length).toBe(job.result?.bytes);
});

test.each([
  ['bytes=0-9', 0, 10],
  ['bytes=100-', 100, undefined],
  ['bytes=-7', -7, undefined],
  ['bytes=10-1000000', 10, undefined],
])('%s gives that part', async (range, start, end) => {
  const response = await fetchResult({ range });
  const expected = whole.subarray(start, end);
  const first = start < 0 ? whole.length + start : start;
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${whole.length}`);
  expect((await bytesOf(response)).equals(expected)).toBe(true);
});

test('a range outside the file is told so', async () => {
  const response = await fetchResult({ range: `bytes=${whole.length}-` });
  expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
  expect(await response.json()).toMatchObject({ error: { code: 'RANGE_NOT_SATISFIABLE' } });
});

test('several ranges or none that can be read give the whole file', async () => {
  for (const range of ['bytes=0-1,4-5', 'bytes=9-3', 'lines=1-2']) {
    const response = await fetchResult({ range });
    expect([range, response.status, (await bytesOf(response)).length]).toEqual([range, 200, whole.length]);
  }
});

test('who has the file is told to use it', async () => {
  const response = await fetchResult({ 'if-none-match': tag });
  expect([response.status, (await bytesOf(response)).length]).toEqual([304, 0]);
  expect((await fetchResult({ 'if-none-match': '"other"' })).status).toBe(200);
});

test('a range of another version gives the whole file', async () => {
  expect((await fetchResult({ range: 'bytes=0-3', 'if-range': tag })).status).toBe(206);
  expect((await fetchResult({ range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200);
});

test('HEAD tells everything but the bytes', async () => {
  const response = await fetchResult({}, 'HEAD');
  expect([response.status, response.headers.get('content-length'), response.headers.get('etag')]).toEqual([
    200,
    String(whole.length),
    tag,
  ]);
  expect((await bytesOf(response)).length).toBe(0);
});

test('a job that is not done has no result', async () => {
  const other = await TestSite.start(parts);
  const image = await other.client.image(pngPicture());
  const open = await other.client.job(image.id);
  const { status, body } = await other.client.json(`/api/v1/jobs/${open.id}/result`);
  expect([status, body.error.code]).toEqual([409, 'CONFLICT']);
  await other.close();
});

test('an equal request is answered from the finished result', async () => {
  const again = await site.client.job(job.image.id, {
    pipeline: [{ op: 'invert' }, { op: 'median' }],
    output: { format: 'tiff' },
  });
  expect([again.state, again.result?.reused, again.result?.pixelDigest]).toEqual([
    'done',
    true,
    job.result?.pixelDigest,
  ]);
  expect(again.progress.done).toBe(again.progress.total);
  expect((await bytesOf(await site.client.fetch(again.result?.url ?? ''))).equals(whole)).toBe(true);
});

test('a split job gives the same bytes as its unsplit twin, and its tasks tell their regions', async () => {
  const image = await site.client.image(pngPicture(700, 900));
  const options = { pipeline: [{ op: 'gaussian-blur', params: { ksize: 9 } }], reuse: false };
  const split = await site.client.ended(
    (await site.client.job(image.id, { ...options, split: 'always', verify: true })).id,
  );
  const unsplit = await site.client.ended((await site.client.job(image.id, { ...options, split: 'never' })).id);
  expect([split.state, split.result?.verified]).toEqual(['done', true]);
  expect(split.result?.pixelDigest).toBe(unsplit.result?.pixelDigest);
  const { body } = await site.client.json<{
    tasks: { kind: string; region: { height: number } | null; state: string }[];
  }>(`/api/v1/jobs/${split.id}/tasks`);
  const rendered = body.tasks.filter(({ kind }) => kind === 'render');
  expect(rendered.length).toBeGreaterThan(1);
  expect(rendered.reduce((rows, { region }) => rows + (region?.height ?? 0), 0)).toBe(900);
  expect(body.tasks.every(({ state }) => state === 'done')).toBe(true);
  expect(await site.keys('work/')).toEqual([]);
});

describe('reports', () => {
  const PIPELINE = [
    { op: 'k-means', params: { k: 2, iterations: 30 } },
    { op: 'invert' },
    { op: 'k-means', params: { k: 2 } },
  ];
  let told: JobDto;
  beforeAll(async () => {
    const image = await site.client.image(pngPicture(64, 200), 'photo.png');
    const submitted = await site.client.job(image.id, { pipeline: PIPELINE, split: 'always', verify: true });
    told = await site.client.ended(submitted.id);
  });

  const urlOf = (step: number): string => `/api/v1/jobs/${told.id}/reports/${String(step)}`;

  test('a job tells where the reports of its operations are, and how long', async () => {
    expect([told.state, told.result?.verified]).toEqual(['done', true]);
    expect(told.result?.reports).toMatchObject([
      { step: 0, op: 'k-means', url: urlOf(0) },
      { step: 2, op: 'k-means', url: urlOf(2) },
    ]);
    for (const { url, bytes } of told.result?.reports ?? []) {
      const response = await site.client.fetch(url);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      const text = await response.text();
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(reportSchema.parse(JSON.parse(text))).toMatchObject({ op: 'k-means', settled: true });
    }
  });

  test('what was not needed is passed over and counts as done', () => {
    const looks = told.stages.filter(({ kind }) => kind === 'observe');
    const passed = looks.filter(({ passedOver }) => passedOver);
    expect(looks.length).toBeGreaterThan(31);
    expect(passed.length).toBeGreaterThan(10);
    expect(told.stages.every(({ tasks, done }) => done === tasks)).toBe(true);
    expect(told.progress).toMatchObject({ share: 1, done: told.progress.total });
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
      expect((await site.client.json(`/api/v1/jobs/${told.id}/reports/${step}`)).status, step).toBe(404);
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
    const zip = Buffer.from(await (await site.client.fetch(`/api/v1/results.zip?jobs=${told.id}`)).arrayBuffer());
    for (const name of ['photo-k-means-invert-k-means.png', 'photo-k-means-invert-k-means.1-k-means.json']) {
      expect(zip.toString('latin1')).toContain(name);
    }
    const keys = await site.keys(`results/${told.id}`);
    expect(keys.map((key) => key.replace(told.id, 'job'))).toEqual([
      ...['results/job.png', 'results/job.report-0.json', 'results/job.report-2.json'],
    ]);
    await site.client.fetch(`/api/v1/jobs/${told.id}?forget=true`, { method: 'DELETE' });
    // What is written into the list of removals goes when it is due, as the result does.
    expect((await site.client.json(urlOf(0))).status).toBe(404);
  });
});
