import type { EstimateDto, ImageDto } from '@tessera/contracts';
import { pipelineSchema } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overriding } from '../testing/overriding.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let image: ImageDto;
let clear: ImageDto;

/** A picture of 3 or 4 channels that is nowhere flat. */
function picture(width: number, height: number, channels: 3 | 4 = 3): Promise<Buffer> {
  const data = Buffer.alloc(width * height * channels);
  for (let at = 0; at < data.length; at += 1) data[at] = (Math.imul(at, 2_654_435_761) >>> 24) ^ ((at >> 9) & 255);
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
}

const ask = (body: Record<string, unknown>): Promise<Response> =>
  site.client.fetch('/api/v1/previews', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const pixels = async (bytes: ArrayBuffer | Buffer) => {
  const { data, info } = await sharp(Buffer.from(bytes as ArrayBuffer))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
};

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 1 });
  image = await site.client.image(await picture(1800, 1200), 'photo.png');
  clear = await site.client.image(await picture(400, 300, 4), 'clear.png');
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

describe('previews', () => {
  it('at full size are the job’s very pixels', async () => {
    const pipeline = [
      { op: 'gaussian-blur', params: { ksize: 9, sigma: 2 } },
      { op: 'median', params: { ksize: 5 } },
      { op: 'sharpen' },
      { op: 'grayscale' },
    ];
    const job = await site.client.ended((await site.client.job(image.id, { pipeline })).id);
    const result = await pixels(await (await site.client.fetch(job.result?.url ?? '')).arrayBuffer());
    for (const region of [
      { x: 0, y: 0, width: 300, height: 200 },
      { x: 700, y: 500, width: 640, height: 333 },
      { x: 1790, y: 1190, width: 10, height: 10 },
    ]) {
      const answer = await ask({ image: image.id, pipeline, region });
      expect([answer.status, answer.headers.get('tessera-preview'), answer.headers.get('content-type')]).toEqual([
        200,
        'exact',
        'image/png',
      ]);
      const made = await pixels(await answer.arrayBuffer());
      const expected = await sharp(result.data, { raw: { width: 1800, height: 1200, channels: result.channels } })
        .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
        .raw()
        .toBuffer();
      expect([made.width, made.height]).toEqual([region.width, region.height]);
      expect(made.data.equals(expected)).toBe(true);
    }
  });

  it('of more than the screen holds are scaled, and say so', async () => {
    const answer = await ask({ image: image.id, pipeline: [{ op: 'invert' }], side: 300 });
    expect([answer.headers.get('tessera-preview'), answer.headers.get('content-type')]).toEqual([
      'scaled',
      'image/jpeg',
    ]);
    expect(answer.headers.get('tessera-steps')).toBe('same');
    expect(await pixels(await answer.arrayBuffer())).toMatchObject({ width: 300, height: 200 });
  });

  it('of edges say that they saw a part only', async () => {
    const region = { x: 600, y: 400, width: 256, height: 256 };
    const answer = await ask({ image: image.id, pipeline: [{ op: 'canny' }], region });
    expect(answer.headers.get('tessera-preview')).toBe('scaled');
  });

  it('keep transparency', async () => {
    const answer = await ask({ image: clear.id, pipeline: [{ op: 'gaussian-blur' }], side: 100 });
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect((await pixels(await answer.arrayBuffer())).channels).toBe(4);
  });

  it.each([
    [{ region: { x: 1700, y: 0, width: 101, height: 5 } }, 400, 'BAD_REQUEST'],
    [{ side: 1601 }, 400, 'BAD_REQUEST'],
    [{ image: 'unknown' }, 404, 'NOT_FOUND'],
    [{ pipeline: [{ op: 'gaussian-blur', params: { ksize: 4 } }] }, 422, 'INVALID_PIPELINE'],
  ])('refuse %j', async (wrong, status, code) => {
    const answer = await ask({ image: image.id, pipeline: [], ...wrong });
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([status, code]);
  });

  it('pile nothing up: of many asked at one time the first and the newest are made', async () => {
    const asked = Array.from({ length: 12 }, (_, n) =>
      ask({
        image: image.id,
        pipeline: [{ op: 'threshold', params: { value: n * 10 } }, { op: 'median' }],
        side: 1600,
      }),
    );
    const codes = (await Promise.all(asked)).map(({ status }) => status);
    expect(codes.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(codes.filter((status) => status === 409).length).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set([200, 409]));
  });

  it('are free of charge for those who went away', async () => {
    const stop = new AbortController();
    const asked = site.client.fetch('/api/v1/previews', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ image: image.id, pipeline: [{ op: 'median' }], side: 1600 }),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 5);
    await expect(asked).rejects.toThrow();
    expect((await ask({ image: image.id, pipeline: [], side: 64 })).status).toBe(200);
  });
});

describe('estimates', () => {
  const estimate = (body: Record<string, unknown>) =>
    site.client.post<EstimateDto>('/api/v1/estimates', {
      images: [image.id],
      pipeline: [{ op: 'median' }],
      output: { format: 'jpeg' },
      ...body,
    });

  it('hold what comes of it', async () => {
    await until(async () => (await estimate({})).body.seconds !== null);
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const { status, body } = await estimate({ output: { format } });
      expect(status).toBe(200);
      expect(body.largest).toEqual({ width: 1800, height: 1200 });
      expect(body.split).toBe(0);
      expect(body.bytes.low).toBeLessThan(body.bytes.high);
      expect(body.seconds?.high).toBeGreaterThan(body.seconds?.low ?? Infinity);
    }
    const many = await estimate({ images: [image.id, clear.id] });
    expect(many.body.bytes.high).toBeGreaterThan((await estimate({})).body.bytes.high);
  });

  it('refuse what submitting refuses, by the same codes', async () => {
    const pipeline = pipelineSchema.parse([{ op: 'invert' }]);
    const wide = await site.client.image(await picture(17_000, 4), 'wide.png');
    const body = { images: [wide.id], pipeline, output: { format: 'webp' } };
    const refused = await estimate(body);
    const submitted = await site.client.post('/api/v1/jobs', body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
    expect(submitted.body.error.code).toBe('OUTPUT_TOO_LARGE');
    expect((await estimate({ images: ['unknown'] })).status).toBe(404);
  });
});

describe('a picture that is not prepared yet', () => {
  it('is told of, and how long to wait', async () => {
    const blocked = await TestSite.start(parts, {
      wrapObjects: (objects) =>
        overriding(objects, {
          get: (_key, { signal } = {}) =>
            new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new AppError('CANCELLED')))),
        }),
    });
    const fresh = await blocked.client.image(await picture(64, 64), 'fresh.png');
    const { status, body } = await blocked.client.post('/api/v1/previews', { image: fresh.id, pipeline: [] });
    expect([status, body.error.code]).toEqual([409, 'NOT_READY']);
    await blocked.close();
  });
});
