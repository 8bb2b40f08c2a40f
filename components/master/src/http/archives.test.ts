import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let folder: string;
/** Streams of the object store that were opened and not closed yet. */
let open = 0;
let vanishes = '';

beforeAll(async () => {
  parts = await startTestParts();
  folder = await mkdtemp(join(tmpdir(), 'archives-'));
  const wrapObjects = (objects: ObjectStore): ObjectStore =>
    overriding(objects, {
      get: async (key, options) => {
        const stream = await objects.get(key === vanishes ? 'results/gone' : key, options);
        open += 1;
        return stream.once('close', () => (open -= 1));
      },
    });
  site = await TestSite.start(parts, { slots: 1, wrapObjects });
});

afterAll(async () => {
  await site.close();
  await parts.close();
  await rm(folder, { recursive: true });
});

/** A batch of one image many times: after the first all are done at once. */
async function batchOf(count: number): Promise<{ batch: string; jobs: readonly JobDto[] }> {
  const image = await site.client.image(pngPicture(64, 48 + count), 'photo.png');
  await site.client.ended((await site.client.job(image.id)).id);
  const { body } = await site.client.post<{ batch: string; jobs: JobDto[] }>('/api/v1/jobs', {
    images: Array.from({ length: count }, () => image.id),
    pipeline: [{ op: 'invert' }],
    output: { format: 'png' },
  });
  return body;
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const zipOf = (batch: string): string => `/api/v1/batches/${batch}/results.zip`;

/** Names and digests of the entries, as another program reads them. */
async function entriesOf(zip: Buffer): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, `${createHash('sha256').update(zip).digest('hex')}.zip`);
  await writeFile(file, zip);
  execFileSync('unzip', ['-tqq', file]);
  const code = `import hashlib, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))`;
  return JSON.parse(execFileSync('python3', ['-c', code, file], { encoding: 'utf8' })) as Record<string, string>;
}

test('five hundred results begin within two seconds, each under a name of its own', async () => {
  const { batch, jobs } = await batchOf(500);
  expect(jobs.every(({ state }) => state === 'done')).toBe(true);
  const begin = performance.now();
  const response = await site.client.fetch(zipOf(batch));
  const reader = response.body!.getReader();
  const first = await reader.read();
  expect(first.done).toBe(false);
  expect(performance.now() - begin).toBeLessThan(2000);
  await reader.cancel();
  await until(() => open === 0);

  const whole = await site.client.fetch(zipOf(batch));
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(whole.headers.get('content-disposition')).toMatch(/^attachment; filename="tessera-\d{4}-\d\d-\d\d\.zip"/);
  const zip = await bytesOf(whole);
  expect(whole.headers.get('content-length')).toBe(String(zip.length));
  const entries = await entriesOf(zip);
  const result = await bytesOf(await site.client.fetch(jobs[0]?.result?.url ?? ''));
  expect(Object.keys(entries)).toHaveLength(500);
  expect(Object.keys(entries).slice(0, 3)).toEqual([
    'photo-invert.png',
    'photo-invert (2).png',
    'photo-invert (3).png',
  ]);
  expect(new Set(Object.values(entries))).toEqual(new Set([createHash('sha256').update(result).digest('hex')]));
});

test('a download that is interrupted and resumed by range gives the same bytes', async () => {
  const { batch } = await batchOf(20);
  const whole = await site.client.fetch(zipOf(batch));
  const zip = await bytesOf(whole);
  const tag = whole.headers.get('etag') ?? '';
  expect(tag).toMatch(/^"[0-9a-f]{40}"$/);
  for (const cut of [1, 29, 1000, Math.floor(zip.length / 2), zip.length - 30]) {
    const rest = await site.client.fetch(zipOf(batch), { headers: { range: `bytes=${cut}-`, 'if-range': tag } });
    expect([rest.status, rest.headers.get('etag')]).toEqual([206, tag]);
    expect(Buffer.concat([zip.subarray(0, cut), await bytesOf(rest)]).equals(zip)).toBe(true);
  }
  const other = await site.client.fetch(zipOf(batch), { headers: { range: 'bytes=9-', 'if-range': '"other"' } });
  expect([other.status, (await bytesOf(other)).equals(zip)]).toEqual([200, true]);
  const same = await site.client.fetch(zipOf(batch), { headers: { 'if-none-match': tag } });
  expect(same.status).toBe(304);
  const head = await site.client.fetch(zipOf(batch), { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(zip.length));
});

test('chosen jobs are taken by their ids; those without a result are told in a file', async () => {
  const { jobs } = await batchOf(2);
  const heavy = await site.client.image(pngPicture(600, 700), 'heavy.png');
  const cancelled = await site.client.job(heavy.id, { pipeline: [{ op: 'median' }], reuse: false });
  await site.client.fetch(`/api/v1/jobs/${cancelled.id}`, { method: 'DELETE' });
  const state = (await site.client.ended(cancelled.id)).state;
  const response = await site.client.fetch(`/api/v1/results.zip?jobs=${cancelled.id},${jobs[0]!.id}`);
  const zip = await bytesOf(response);
  const names = Object.keys(await entriesOf(zip));
  expect(names).toEqual(
    state === 'done' ? ['photo-invert.png', 'heavy-median.png'] : ['photo-invert.png', 'missing.txt'],
  );
  expect(zip.toString('latin1')).toContain('heavy.png: The job is cancelled.');
  const none = await site.client.json(`/api/v1/results.zip?jobs=${cancelled.id}`);
  expect([none.status, none.body.error.code]).toEqual([409, 'CONFLICT']);
  expect((await site.client.json('/api/v1/results.zip?jobs=unknown')).status).toBe(404);
  expect((await site.client.json('/api/v1/results.zip?jobs=')).status).toBe(400);
  expect((await site.client.json(`/api/v1/results.zip?jobs=${'x,'.repeat(300)}x`)).status).toBe(400);
  expect((await site.client.json(zipOf('unknown'))).status).toBe(404);
});

test('a result that vanishes breaks the stream off: no short file that looks whole', async () => {
  const image = await site.client.image(pngPicture(40, 41), 'lost.png');
  const lost = await site.client.ended((await site.client.job(image.id)).id);
  const { jobs } = await batchOf(3);
  vanishes = (await parts.store.getJob(lost.id))?.result?.key ?? '';
  const ids = [...jobs.map(({ id }) => id), lost.id].join(',');
  const response = await site.client.fetch(`/api/v1/results.zip?jobs=${ids}`);
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow('terminated');
  await until(() => open === 0);
  vanishes = '';
});
