import type { ImageDto, JobDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let photo: ImageDto;
let turned: ImageDto;

function pixelsOf(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at += 1) data[at] = (Math.imul(at, 2_654_435_761) >>> 24) ^ ((at >> 6) & 127);
  return data;
}

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 2 });
  const raw = { width: 420, height: 300, channels: 3 } as const;
  const picture = sharp(pixelsOf(420, 300), { raw });
  photo = await site.client.image(await picture.png({ compressionLevel: 1 }).toBuffer(), 'photo.png');
  const camera = picture
    .withExif({ IFD0: { Make: 'Camera' }, IFD2: { ExposureTime: '1/60' } })
    .withMetadata({ orientation: 6 });
  turned = await site.client.image(await camera.jpeg().toBuffer(), 'turned.jpg');
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const run = async (image: ImageDto, wish: Readonly<Record<string, unknown>>): Promise<JobDto> =>
  site.client.ended((await site.client.job(image.id, { reuse: false, ...wish })).id);
const fileOf = async ({ result }: JobDto): Promise<Buffer> =>
  Buffer.from(await (await site.client.fetch(result?.url ?? '')).arrayBuffer());

describe('a job that makes another size', () => {
  const crop = { op: 'crop', params: { x: 31, y: 17, width: 303, height: 211 } };
  const half = { op: 'resize', params: { percent: 50 } };
  const quarter = { op: 'rotate', params: { angle: 90 } };
  it.each([
    ['alone', [crop], [303, 211]],
    ['between neighbourhoods', [{ op: 'gaussian-blur' }, crop, { op: 'median' }], [303, 211]],
    ['before a global step', [half, { op: 'equalize-histogram' }], [210, 150]],
    ['behind a global step and before another', [{ op: 'otsu' }, half, { op: 'canny' }], [210, 150]],
    ['twice, around both', [crop, { op: 'box-blur' }, { op: 'auto-levels' }, half, { op: 'sharpen' }], [152, 106]],
    ['turned, behind edges', [{ op: 'canny' }, quarter, { op: 'dilate' }], [300, 420]],
  ] as const)('%s: the same split and whole, and told as it is', async (_, pipeline, [width, height]) => {
    const split = await run(photo, { pipeline, split: 'always', verify: true });
    expect(split).toMatchObject({ state: 'done', result: { width, height, verified: true } });
    expect(split.stages.some(({ tasks }) => tasks > 1)).toBe(true);
    const whole = await run(photo, { pipeline, split: 'never' });
    expect(whole.result?.pixelDigest).toBe(split.result?.pixelDigest);
    expect(await sharp(await fileOf(split)).metadata()).toMatchObject({ width, height });
  });

  it('keeps EXIF that tells its own size, lies upright, and has no thumbnail of the source', async () => {
    expect(turned).toMatchObject({ width: 300, height: 420 });
    const output = { format: 'jpeg', metadata: 'keep' };
    const pipeline = [{ op: 'crop', params: { x: 10, y: 20, width: 260, height: 333 } }];
    for (const split of ['always', 'never']) {
      const job = await run(turned, { pipeline, output, split });
      expect(job.result).toMatchObject({ width: 260, height: 333 });
      const { width, height, orientation, exif } = await sharp(await fileOf(job)).metadata();
      expect({ width, height, orientation }).toEqual({ width: 260, height: 333, orientation: 1 });
      expect(exif?.includes('Camera')).toBe(true);
      // Pixel X and Y dimension, tags 0xa002 and 0xa003, as one long each.
      const tag = (number: number, value: number): Buffer => {
        const entry = Buffer.from([number & 255, number >> 8, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        entry.writeUInt32LE(value, 8);
        return entry;
      };
      expect([exif?.includes(tag(0xa002, 260)), exif?.includes(tag(0xa003, 333))]).toEqual([true, true]);
    }
  });
});
