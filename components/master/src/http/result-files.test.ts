import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobDto, ZoomDto } from '@tessera/contracts';
import { silentLogger } from '@tessera/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Retention } from '../background/retention.ts';
import { withFolders } from '../backup/with-folders.ts';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 2 });
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

async function made(tiles: object, format = 'png'): Promise<JobDto> {
  const image = await site.client.image(pngPicture(300, 700), 'tower.png');
  const wish = { output: { format, tiles: { size: 128, ...tiles } }, split: 'always', verify: true, reuse: false };
  const job = await site.client.ended((await site.client.job(image.id, wish)).id);
  expect(job.error).toBeUndefined();
  return job;
}

const resultKeys = async () => (await site.keys()).filter((key) => key.startsWith('results/'));

test('a pyramid of Deep Zoom is served file by file, as an archive, and to the viewer of the page', async () => {
  const job = await made({ layout: 'dzi', overlap: 1 });
  const files = `/api/v1/jobs/${job.id}/files`;
  expect(job.result).toMatchObject({ verified: true, files: { url: `${files}/image.dzi`, main: 'image.dzi' } });
  const manifest = await site.client.fetch(job.result?.files?.url ?? '');
  expect(manifest.headers.get('content-type')).toContain('application/xml');
  expect(manifest.headers.get('access-control-allow-origin')).toBe('*');
  expect(await manifest.text()).toContain('<Size Width="300" Height="700"/>');
  const tile = await site.client.fetch(`${files}/image_files/10/2_5.png`);
  expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'image/png']);
  const tag = tile.headers.get('etag') ?? '';
  const again = await site.client.fetch(`${files}/image_files/10/2_5.png`, { headers: { 'if-none-match': tag } });
  expect(again.status).toBe(304);
  for (const name of [
    ...['image_files/10/3_0.png', 'image_files/11/0_0.png', 'image_files/10/0_0.jpg', 'image_files/10/00_0.png'],
    ...['image.dzi/', 'image_files', '../secret', '..%2f..%2fuploads', 'image_files/10/..%2f10%2f0_0.png', 'info.json'],
  ]) {
    const { status } = await site.client.fetch(`${files}/${name}`);
    expect([name, status]).toEqual([name, 404]);
  }

  const { body: zoom } = await site.client.json<ZoomDto>(`/api/v1/jobs/${job.id}/zoom`);
  expect(zoom).toEqual({
    ...{ state: 'ready', share: 1, width: 300, height: 700, tileSize: 128, overlap: 1 },
    levels: [38, 75, 150, 300].map((width, n) => ({ width, height: [88, 175, 350, 700][n] })),
  });
  const seen = await site.client.fetch(`/api/v1/jobs/${job.id}/zoom/3/2/5`);
  expect(Buffer.from(await seen.arrayBuffer())).toEqual(Buffer.from(await tile.arrayBuffer()));
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}/zoom/3/3/0`)).status).toBe(404);
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}/thumbnail?side=128`)).status).toBe(200);

  const folder = await mkdtemp(join(tmpdir(), 'tiles-'));
  try {
    const archive = await site.client.fetch(job.result?.url ?? '');
    expect(archive.headers.get('content-disposition')).toContain('tower-invert.zip');
    await writeFile(join(folder, 'all.zip'), Buffer.from(await archive.arrayBuffer()));
    // The digest is what a shell computes of the files.
    const told = execFileSync(
      'bash',
      ['-c', 'unzip -q all.zip && cd tower-invert && find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum'],
      { cwd: folder },
    );
    expect(told.toString().slice(0, 64)).toBe(job.result?.files?.digest);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('thumbnails are listed, served by their names and in one archive', async () => {
  const image = await site.client.image(pngPicture(300, 700), 'tower.png');
  const wish = { pipeline: [], output: { format: 'webp', thumbnails: [320, 64] }, verify: true };
  const job = await site.client.ended((await site.client.job(image.id, wish)).id);
  expect(job).toMatchObject({
    moved: true,
    result: {
      ...{ verified: true, width: 137, height: 320 },
      files: {
        ...{ count: 2, main: '320.webp', url: `/api/v1/jobs/${job.id}/files/320.webp` },
        pictures: [
          { name: '320.webp', width: 137 },
          { name: '64.webp', height: 64 },
        ],
      },
    },
  });
  const small = await site.client.fetch(`/api/v1/jobs/${job.id}/files/64.webp`);
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(small.headers.get('content-disposition')).toContain('tower-64.webp');
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}/files/65.webp`)).status).toBe(404);
  const zip = Buffer.from(await (await site.client.fetch(job.result?.url ?? '')).arrayBuffer());
  expect(zip.includes('tower/tower-320.webp')).toBe(true);
  const { body: zoom } = await site.client.json<ZoomDto>(`/api/v1/jobs/${job.id}/zoom`);
  expect(zoom).toMatchObject({ width: 137, height: 320 });
});

test('viewers of IIIF find its tiles by either of their names', async () => {
  const job = await made({ layout: 'iiif' }, 'jpeg');
  const files = `/api/v1/jobs/${job.id}/files`;
  const { body: info } = await site.client.json<Record<string, unknown>>(`${files}/info.json`);
  expect(info).toMatchObject({
    id: `${site.client.url}${files}`,
    profile: 'level0',
    sizes: [{ width: 38, height: 88 }],
  });
  const statuses = async (names: readonly string[]) =>
    Promise.all(names.map(async (name) => (await site.client.fetch(`${files}/${name}/0/default.jpg`)).status));
  expect(
    await statuses([
      ...['full/38,88', '0,0,300,700/38,88', 'full/38,', '0,0,128,128/128,128', '256,640,44,60/44,60'],
      ...['0,0,256,256/128,128', '256,512,44,188/22,94'],
    ]),
  ).toEqual(Array.from({ length: 7 }, () => 200));
  expect(await statuses(['full/max', '0,0,128,128/64,64', '1,0,128,128/128,128', '0,0,129,128/128,128'])).toEqual(
    Array.from({ length: 4 }, () => 404),
  );
});

test('all files go with their job, are in backups until then, and nothing is left of a cancelled one', async () => {
  const job = await made({ layout: 'dzi' });
  const key = `results/${job.id}.files/`;
  const count = job.result?.files?.count;
  const row = { key, bytes: job.result?.bytes ?? 0, sha256: null, contentType: null };
  const listed = async () => {
    const found: (typeof row)[] = [];
    for await (const object of withFolders(one(row), site.objects)) found.push(object);
    return found;
  };
  expect((await listed()).filter(({ bytes }) => bytes > 0)).toHaveLength(count ?? 0);
  await site.objects.delete([`${key}image.dzi`]);
  expect((await listed()).at(-1)).toEqual(row);

  const reused = await site.client.job(job.image.id, {
    ...{ output: { format: 'png', tiles: { layout: 'dzi', size: 128 } }, split: 'always', verify: true },
  });
  expect(reused).toMatchObject({ state: 'done', result: { reused: true } });
  const retention = new Retention({
    ...{ store: parts.store, objects: site.objects, logger: silentLogger(), settleSeconds: 0, orphanSeconds: 0 },
    ...{ keepResultsSeconds: 0, keepUploadsSeconds: 0, keepPipelinesSeconds: 0 },
  });
  const forget = (id: string) => parts.store.forgetJobs({ jobs: [id], visitor: visitorOf, settleSeconds: 0 });
  const visitorOf = (await parts.store.getJob(job.id))?.visitor ?? '';
  await forget(job.id);
  await retention.reconcile();
  await retention.expire();
  expect((await resultKeys()).filter((other) => other.startsWith(key))).toHaveLength((count ?? 0) - 1);
  await forget(reused.id);
  await retention.expire();
  expect((await resultKeys()).filter((other) => other.startsWith(key))).toEqual([]);

  await site.objects.put('results/nobody.files/0/0.png', new Uint8Array(3));
  await retention.reconcile();
  await retention.expire();
  expect((await resultKeys()).filter((other) => other.includes('nobody'))).toEqual([]);

  const image = await site.client.image(pngPicture(310, 700), 'tower.png');
  const wish = { output: { format: 'png', tiles: { layout: 'dzi', size: 128 } }, split: 'always' };
  const cancelled = await site.client.job(image.id, wish);
  const left = `results/${cancelled.id}.files/image_files/10/0_0.png`;
  await site.objects.put(left, new Uint8Array(3));
  await site.client.fetch(`/api/v1/jobs/${cancelled.id}`, { method: 'DELETE' });
  if ((await site.client.ended(cancelled.id)).state === 'cancelled') {
    await until(async () => (await site.objects.head(left)) === undefined);
  }
});

async function* one<Value>(value: Value): AsyncGenerator<Value> {
  await Promise.resolve();
  yield value;
}

test.each([
  [{ format: 'tiff', tiles: { layout: 'dzi' } }, 'INVALID_PIPELINE'],
  [{ format: 'png', tiles: { layout: 'iiif', overlap: 1 } }, 'INVALID_PIPELINE'],
  [{ format: 'png', tiles: { layout: 'dzi', size: 100 } }, 'INVALID_PIPELINE'],
])('refuses %j', async (output, code) => {
  const image = await site.client.image(pngPicture(8, 8));
  const { body } = await site.client.post('/api/v1/jobs', { images: [image.id], pipeline: [], output });
  expect(body).toMatchObject({ error: { code } });
});

test('refuses more tiles than are allowed before any work', async () => {
  const image = await site.client.image(pngPicture(80, 80));
  const grown = { op: 'resize', params: { width: 30_000, height: 30_000, fit: 'fill' } };
  const output = { format: 'png', tiles: { layout: 'dzi', size: 128 } };
  const { body } = await site.client.post('/api/v1/jobs', { images: [image.id], pipeline: [grown], output });
  expect(body).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
});
