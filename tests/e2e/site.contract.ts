import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { OPERATIONS, type JobDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient, sha256 } from '../cluster/site-client.ts';
import { long } from './long.ts';
import { strangersContract } from './strangers.contract.ts';

/** A running site, in whichever form. */
export interface Site {
  readonly url: string;
  stop(): Promise<void>;
}

const photo = (name: string): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(`../../fixtures/photos/${name}`, import.meta.url)));

/** What of the site is tried; default: all of it, of the operations in the short form the oldest ten. */
export interface SiteTrials {
  readonly operations?: readonly string[];
  readonly formats?: readonly string[];
}

const FORMATS = ['png', 'jpeg', 'tiff', 'webp', 'avif'] as const;

/** What a visitor may expect of a site; run on the embedded form and on real servers. */
export function siteContract(
  name: string,
  start: () => Promise<Site>,
  { operations = OPERATIONS.slice(0, long ? undefined : 10).map(({ op }) => op), formats = FORMATS }: SiteTrials = {},
): void {
  describe(`the site (${name})`, () => {
    let site: Site;
    let client: SiteClient;
    beforeAll(async () => {
      site = await start();
      client = new SiteClient(site.url);
    });
    afterAll(() => site.stop());

    const run = async (image: string, wish: Parameters<SiteClient['submit']>[1]): Promise<JobDto> => {
      const { id } = await client.submit(image, wish);
      const job = await client.ended(id);
      expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
      return job;
    };

    it.each(operations)('%s: split is unsplit, verified', async (op) => {
      const image = await client.upload(await photo('rocket.jpg'), 'rocket.jpg');
      const definition = OPERATIONS.find((operation) => operation.op === op);
      const reads = definition !== undefined && 'image' in definition.params.shape;
      const params = reads ? { image: await client.upload(await photo('chelsea.png'), 'chelsea.png') } : {};
      const wish = { pipeline: [{ op, params }], output: { format: 'png' } } as const;
      const split = await run(image, { ...wish, split: 'always', verify: true });
      const whole = await run(image, { ...wish, split: 'never' });
      expect(split.result?.verified).toBe(true);
      expect(split.result?.pixelDigest).toBe(whole.result?.pixelDigest);
      const files = [await client.result(split.id), await client.result(whole.id)];
      const pixels = await Promise.all(files.map((file) => sharp(file, { failOn: 'warning' }).raw().toBuffer()));
      expect(sha256(pixels[0]!)).toBe(sha256(pixels[1]!));
    });

    it.each(formats)('writes %s', async (format) => {
      // AVIF is dear: a small picture, made twice, shows what a large one would.
      const [width, height] = format === 'avif' ? [120, 80] : [600, 400];
      const picture = await sharp(await photo('coffee.png'))
        .resize(width, height)
        .png()
        .toBuffer();
      const image = await client.upload(picture, 'coffee.png');
      const job = await run(image, {
        pipeline: [{ op: 'sharpen' }],
        output: { format },
        split: 'always',
        verify: true,
      });
      const meta = await sharp(await client.result(job.id), { failOn: 'warning' }).metadata();
      expect(meta).toMatchObject({ width, height });
    });

    it('writes a pyramid of tiles, verified, that is read as one archive or tile by tile', async () => {
      const image = await client.upload(await photo('coffee.png'), 'coffee.png');
      const job = await run(image, {
        pipeline: [{ op: 'sharpen' }],
        output: { format: 'jpeg', tiles: { layout: 'dzi', size: 128 } },
        split: 'always',
        verify: true,
      });
      const { files } = job.result ?? {};
      expect(files?.count).toBe(5 * 4 + 3 * 2 + 2 + 8 + 1);
      expect((await client.result(job.id)).subarray(0, 2)).toEqual(new Uint8Array(Buffer.from('PK')));
      const tile = await client.call(`/jobs/${job.id}/files/image_files/10/4_3.jpg`);
      const meta = await sharp(await tile.arrayBuffer(), { failOn: 'warning' }).metadata();
      expect(meta).toMatchObject({ width: 88, height: 16 });
    });

    it('answers an equal job with the finished result', async () => {
      const image = await client.upload(await photo('chelsea.png'), 'chelsea.png');
      const wish = { pipeline: [{ op: 'erode' }], output: { format: 'png' } } as const;
      const first = await run(image, wish);
      const again = await client.submit(image, { ...wish, reuse: true });
      expect(again).toMatchObject({ state: 'done', result: { reused: true, pixelDigest: first.result?.pixelDigest } });
      expect(sha256(await client.result(again.id))).toBe(sha256(await client.result(first.id)));
    });

    it('serves ranges of results', async () => {
      const image = await client.upload(await photo('chelsea.png'), 'chelsea.png');
      const job = await run(image, { pipeline: [{ op: 'invert' }], output: { format: 'png' } });
      const whole = await client.result(job.id);
      const part = await client.call(`/jobs/${job.id}/result`, { headers: { range: 'bytes=100-199' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes 100-199/${String(whole.length)}`);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(100, 200));
    });

    it('tells each task with its region and its executor', async () => {
      const image = await client.upload(await photo('astronaut.png'), 'astronaut.png');
      const job = await run(image, { pipeline: [{ op: 'canny' }], output: { format: 'png' }, split: 'always' });
      const tasks = await client.tasks(job.id);
      expect(tasks.every(({ state, executor }) => state === 'done' && executor !== null)).toBe(true);
      const area = tasks
        .filter(({ kind }) => kind === 'render')
        .reduce((sum, { region }) => sum + (region?.width ?? 0) * (region?.height ?? 0), 0);
      expect(area).toBe(512 * 512);
    });

    strangersContract(() => site);

    it('tells nobody of what is not there', async () => {
      expect((await client.call('/jobs/AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    });

    it('fails a job whose image does not decode, with a code, and leaves others alone', async () => {
      const good = await photo('rocket.jpg');
      const bad = good.slice();
      // Garbage in the entropy-coded data: the structure is whole, the pixels are not.
      bad.fill(0x55, 60_000, 90_000);
      const response = await client.call('/images', { method: 'POST', body: formOf(bad) });
      if (response.status === 422) return;
      const { images } = (await response.json()) as { images: { id: string }[] };
      const { id } = await client.submit(images[0]!.id, { pipeline: [{ op: 'invert' }], output: { format: 'png' } });
      const ended = await client.ended(id);
      // What the garbage looks like to the decoder, damage or an early end, is its own affair.
      expect(ended).toMatchObject({
        state: 'failed',
        error: { code: expect.stringMatching(/^(CORRUPT|TRUNCATED)_IMAGE$/) },
      });
    });
  });
}

function formOf(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('image', new Blob([bytes]), 'broken.jpg');
  return form;
}
