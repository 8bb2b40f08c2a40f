import type { ImageDto, JobDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let photo: ImageDto;
let logo: ImageDto;
let stencil: ImageDto;

type Pixels = Awaited<ReturnType<typeof pixels>>;

function picture(width: number, height: number, channels: 1 | 3 | 4, seed: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * channels);
  for (let at = 0; at < data.length; at += 1) data[at] = (Math.imul(at + seed, 2_654_435_761) >>> 24) ^ (at & 63);
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
}
const pixels = async (bytes: ArrayBuffer | Buffer) => {
  const { data, info } = await sharp(Buffer.from(bytes as ArrayBuffer))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
};
const resultOf = async ({ result }: JobDto): Promise<Pixels> =>
  pixels(await (await site.client.fetch(result?.url ?? '')).arrayBuffer());
const post = (path: string, body: unknown): Promise<Response> =>
  site.client.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** A busy machine may ask for patience. */
async function previewOf(body: unknown): Promise<Response> {
  for (;;) {
    const answer = await post('/api/v1/previews', body);
    if (answer.ok) return answer;
    await answer.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 2 });
  photo = await site.client.image(await picture(301, 207, 3, 1), 'photo.png');
  logo = await site.client.image(await picture(120, 90, 4, 2), 'logo.png');
  stencil = await site.client.image(await picture(260, 230, 1, 3), 'stencil.png');
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

describe('a step with another image', () => {
  it('gives what any program lays over, split and verified, and the preview shows the same pixels', async () => {
    const pipeline = [{ op: 'blend', params: { image: logo.id, position: 'bottom-right' } }];
    const job = await site.client.ended(
      (await site.client.job(photo.id, { pipeline, split: 'always', verify: true })).id,
    );
    expect(job).toMatchObject({ state: 'done', result: { verified: true } });
    const made = await resultOf(job);
    const expected = await sharp(await picture(301, 207, 3, 1))
      .composite([{ input: await picture(120, 90, 4, 2), left: 301 - 120, top: 207 - 90 }])
      .removeAlpha()
      .raw()
      .toBuffer();
    expect(made.data.length).toBe(expected.length);
    expect(made.data.every((level, at) => Math.abs(level - expected[at]!) <= 1)).toBe(true);
    const region = { x: 150, y: 100, width: 100, height: 80 };
    const preview = await previewOf({ image: photo.id, pipeline, region });
    expect(preview.headers.get('tessera-preview')).toBe('exact');
    const part = await sharp(made.data, { raw: { width: 301, height: 207, channels: 3 } })
      .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
      .raw()
      .toBuffer();
    expect((await pixels(await preview.arrayBuffer())).data.equals(part)).toBe(true);
    const small = await previewOf({ image: photo.id, pipeline, side: 100 });
    expect(small.headers.get('tessera-preview')).toBe('scaled');
  });

  it('may stand with others, in every job of a batch', async () => {
    const other = await site.client.image(await picture(240, 300, 3, 4), 'other.png');
    const pipeline = [
      { op: 'blend', params: { image: logo.id, mode: 'screen', opacity: 0.7, fit: 'cover', position: 'centre' } },
      { op: 'watermark', params: { image: logo.id, opacity: 0.5, repeat: true, gap: 5, width: 12.5 } },
      { op: 'mask', params: { image: stencil.id, rest: 'black', fit: 'stretch' } },
    ];
    const body = { images: [photo.id, other.id], pipeline, output: { format: 'png' }, split: 'always', verify: true };
    const { jobs } = (await (await post('/api/v1/jobs', body)).json()) as { jobs: JobDto[] };
    for (const { id } of jobs) {
      expect(await site.client.ended(id)).toMatchObject({ state: 'done', result: { verified: true } });
    }
  });

  it('writes texts, Arabic ones too, that were set once: split and verified', async () => {
    const text = { text: 'Tessera © تسيرا & <b>', size: 12, angle: 15, margin: 4, opacity: 0.8 };
    const pipeline = [
      { op: 'watermark-text', params: { ...text, position: 'centre' } },
      { op: 'watermark-text', params: { text: '2026', size: 5, repeat: true, gap: 9, colour: '#ff0000' } },
    ];
    const before = await pixels(await picture(301, 207, 3, 1));
    const run = async () =>
      site.client.ended((await site.client.job(photo.id, { pipeline, split: 'always', verify: true })).id);
    const job = await run();
    expect(job).toMatchObject({ state: 'done', pipeline, result: { verified: true, reused: false } });
    const made = await resultOf(job);
    const changed = made.data.filter((level, at) => level !== before.data[at]).length;
    expect(changed).toBeGreaterThan(2000);
    expect(changed).toBeLessThan(made.data.length / 2);
    expect((await run()).result?.reused).toBe(true);
    const region = { x: 60, y: 40, width: 200, height: 100 };
    const preview = await previewOf({ image: photo.id, pipeline, region });
    expect(preview.headers.get('tessera-preview')).toBe('exact');
    const part = await sharp(made.data, { raw: { width: 301, height: 207, channels: 3 } })
      .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
      .raw()
      .toBuffer();
    expect((await pixels(await preview.arrayBuffer())).data.equals(part)).toBe(true);
    const tall = await post('/api/v1/jobs', {
      images: [photo.id],
      pipeline: [{ op: 'invert' }, { op: 'watermark-text', params: { text: '\u200b' } }],
      output: { format: 'png' },
    });
    expect([tall.status, await tall.json()]).toMatchObject([
      422,
      { error: { problems: [{ path: 'pipeline.1.params.text' }] } },
    ]);
  });

  it('is refused by its place where there is no such image', async () => {
    const pipeline = [
      { op: 'invert' },
      { op: 'watermark' },
      { op: 'mask', params: { image: 'gone-gone-gone-gone' } },
      { op: 'blend', params: { image: logo.id } },
    ];
    const wrong = { images: [photo.id], pipeline, output: { format: 'png' } };
    for (const [path, body] of [
      ['/api/v1/jobs', wrong],
      ['/api/v1/estimates', wrong],
      ['/api/v1/previews', { image: photo.id, pipeline }],
    ] as const) {
      const answer = await post(path, body);
      expect([answer.status, await answer.json()]).toMatchObject([
        422,
        {
          error: {
            code: 'INVALID_PIPELINE',
            problems: [
              { path: 'pipeline.1.params.image', message: 'Choose an image.' },
              { path: 'pipeline.2.params.image', message: expect.stringContaining('not on the site') as string },
            ],
          },
        },
      ]);
    }
  });

  it('is answered with an equal result by the content of the other image, not by its id', async () => {
    const run = async (image: ImageDto): Promise<JobDto> => {
      const pipeline = [{ op: 'blend', params: { image: image.id, mode: 'difference' } }];
      return site.client.ended((await site.client.job(photo.id, { pipeline })).id);
    };
    const first = await run(logo);
    const same = await run(await site.client.image(await picture(120, 90, 4, 2), 'copy.png'));
    const changed = await run(await site.client.image(await picture(120, 90, 4, 5), 'new.png'));
    expect([first.result?.reused, same.result?.reused, changed.result?.reused]).toEqual([false, true, false]);
    expect(changed.result?.pixelDigest).not.toBe(first.result?.pixelDigest);
  });
});
