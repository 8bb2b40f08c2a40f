import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistogramDto, ImageDto, JobDto, ZoomDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let image: ImageDto;
let source: Buffer;

/** Channels that rise along x, y and both. */
function picture(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    data.set([x >> 3, y >> 3, (x + y) >> 4], at * 3);
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function ready(path: string): Promise<ZoomDto> {
  let zoom: ZoomDto | undefined;
  let share = 0;
  await until(async () => {
    const { status, body } = await site.client.json<ZoomDto>(`${path}/zoom`);
    expect(status).toBe(200);
    expect(body.share).toBeGreaterThanOrEqual(share);
    share = body.share;
    zoom = body;
    return body.state === 'ready';
  });
  return zoom!;
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 1 });
  source = await picture(1500, 1100);
  image = await site.client.image(source, 'slope.png');
});

afterAll(async () => {
  await site.close();
  expect((await readdir(parts.decoder.scratch)).filter((name) => name.startsWith('zoom-'))).toEqual([]);
  await parts.close();
});

describe('zoom of an image', () => {
  it('is prepared on the first call, and says how far it is', async () => {
    const zoom = await ready(`/api/v1/images/${image.id}`);
    expect(zoom).toEqual({
      state: 'ready',
      share: 1,
      width: 1500,
      height: 1100,
      tileSize: 512,
      levels: [
        { width: 375, height: 275 },
        { width: 750, height: 550 },
        { width: 1500, height: 1100 },
      ],
    });
  });

  it('shows the very pixels at full size, by JPEG’s measure', async () => {
    const tile = await bytesOf(await site.client.fetch(`/api/v1/images/${image.id}/zoom/2/2/1`));
    const { data, info } = await sharp(tile).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([1500 - 1024, 512]);
    const expected = await sharp(source).extract({ left: 1024, top: 512, width: 476, height: 512 }).raw().toBuffer();
    const off = data.reduce((most, level, at) => Math.max(most, Math.abs(level - expected[at]!)), 0);
    expect(off).toBeLessThanOrEqual(6);
  });

  it('tags tiles so that browsers keep them', async () => {
    const path = `/api/v1/images/${image.id}/zoom/0/0/0`;
    const first = await site.client.fetch(path);
    expect(first.headers.get('content-type')).toBe('image/jpeg');
    expect(first.headers.get('cache-control')).toContain('immutable');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]+-tile-0-0-0"$/);
    const again = await site.client.fetch(path, { headers: { 'if-none-match': tag } });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
  });

  it.each(['zoom/3/0/0', 'zoom/2/3/0', 'zoom/2/0/3', 'zoom/-1/0/0', 'zoom/a/0/0', 'zoom/1.5/0/0', 'zoom/2/0/9999999'])(
    'knows no %s',
    async (path) => {
      expect((await site.client.fetch(`/api/v1/images/${image.id}/${path}`)).status).toBe(404);
    },
  );

  it.each(['zoom', 'zoom/0/0/0', 'thumbnail', 'histogram'])('knows no %s of an unknown image or job', async (path) => {
    for (const kind of ['images', 'jobs']) {
      const { status, body } = await site.client.json(`/api/v1/${kind}/unknown/${path}`);
      expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
    }
  });

  it('counts every pixel', async () => {
    const { body } = await site.client.json<HistogramDto>(`/api/v1/images/${image.id}/histogram`);
    const { data } = await sharp(source).raw().toBuffer({ resolveWithObject: true });
    expect(body.channels.map(({ name }) => name)).toEqual(['red', 'green', 'blue']);
    for (const [channel, { counts }] of body.channels.entries()) {
      const expected = new Array<number>(256).fill(0);
      for (let at = channel; at < data.length; at += 3) expected[data[at]!]! += 1;
      expect(counts).toEqual(expected);
    }
  });
});

describe('thumbnails', () => {
  it('are made without preparing the picture, and once for all who ask', async () => {
    const fresh = await site.client.image(await picture(900, 450), 'fresh.png');
    const path = `/api/v1/images/${fresh.id}/thumbnail?side=128`;
    const answers = await Promise.all(Array.from({ length: 4 }, () => site.client.fetch(path)));
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width: 128, height: 64 });
    }
    const made = await site.client.json<ZoomDto>(`/api/v1/images/${fresh.id}/zoom`);
    expect(made.body.share).toBeLessThan(1);
  });

  it('have one of few sizes', async () => {
    expect((await site.client.fetch(`/api/v1/images/${image.id}/thumbnail?side=200`)).status).toBe(400);
    const answer = await site.client.fetch(`/api/v1/images/${image.id}/thumbnail`);
    expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width: 256, height: 188 });
  });
});

describe('zoom of a result', () => {
  let job: JobDto;
  beforeAll(async () => {
    const submitted = await site.client.job(image.id, { pipeline: [{ op: 'invert' }], output: { format: 'tiff' } });
    job = await site.client.ended(submitted.id);
  });

  it('shows the finished pixels', async () => {
    await ready(`/api/v1/jobs/${job.id}`);
    const tile = await bytesOf(await site.client.fetch(`/api/v1/jobs/${job.id}/zoom/2/0/0`));
    const data = await sharp(tile).raw().toBuffer();
    expect([...data.subarray(0, 3)].every((level) => level >= 250)).toBe(true);
    const { body } = await site.client.json<HistogramDto>(`/api/v1/jobs/${job.id}/histogram`);
    const of = await site.client.json<HistogramDto>(`/api/v1/images/${image.id}/histogram`);
    expect(body.channels[0]?.counts).toEqual(of.body.channels[0]?.counts.toReversed());
  });

  it('is none while the job is not done', async () => {
    const { store } = site;
    const waiting = await site.client.job(image.id, { pipeline: [{ op: 'median' }], reuse: false });
    await store.cancelJob(waiting.id);
    for (const path of ['zoom', 'zoom/0/0/0', 'thumbnail', 'histogram']) {
      const { status, body } = await site.client.json(`/api/v1/jobs/${waiting.id}/${path}`);
      expect([status, body.error.code]).toEqual([409, 'CONFLICT']);
    }
  });
});

describe('trouble', () => {
  it('of the store is told as such', async () => {
    const lost = await site.client.image(await picture(300, 300), 'lost.png');
    await site.objects.delete([`uploads/${lost.id}`]);
    await until(async () => (await site.client.fetch(`/api/v1/images/${lost.id}/zoom`)).status === 404);
    expect((await site.client.fetch(`/api/v1/images/${lost.id}/thumbnail`)).status).toBe(404);
    const left = await readdir(join(parts.decoder.scratch, `zoom-${process.pid}`));
    expect(left.filter((name) => !/^\d+\.tif$/.test(name))).toEqual([]);
  });
});
