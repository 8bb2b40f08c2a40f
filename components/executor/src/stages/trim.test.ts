import { buffer } from 'node:stream/consumers';
import { pipelineSchema, type OutputFormat } from '@tessera/contracts';
import { DEFAULT_PLAN_LIMITS, planJob, type PlanOptions } from '@tessera/imaging';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => (engine = await Engine.start()));
afterAll(() => engine.close());

const FACTS = { width: 700, height: 500, channels: 3 };
const LIMITS = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 700 * 48, most: 700 * 48 } };
const OPTIONS: PlanOptions = { split: 'always', verify: true, input: 'png', slots: 2 };
const trim = { op: 'trim', params: { threshold: 10 } };

/** Noise in a frame of one colour, which `noise` levels of noise lie over. */
async function framed(left: number, top: number, width: number, height: number): Promise<Buffer> {
  const channels = 3;
  const data = Uint8Array.from({ length: width * height * channels }, (_, n) => (n * 37 + (n >> 5) * 11) & 255);
  const part = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
  const frame = { width: FACTS.width, height: FACTS.height, channels, background: '#203040' } as const;
  return sharp({ create: frame })
    .composite([{ input: part, left, top }])
    .removeAlpha()
    .png()
    .toBuffer();
}

describe('a trim', () => {
  it.each<[OutputFormat, object[]]>([
    ['png', [trim]],
    ['jpeg', [trim, { op: 'invert' }]],
    ['tiff', [{ op: 'box-blur' }, trim, { op: 'grayscale' }]],
    ['webp', [trim]],
  ])('to %s by %j is the same split and unsplit', async (format, ops) => {
    const image = await engine.store(await framed(123, 77, 311, 205), 'png');
    const pipeline = pipelineSchema.parse(ops);
    const split = await engine.run(image, planJob(FACTS, pipeline, { format }, OPTIONS, LIMITS));
    const whole = await engine.run(
      image,
      planJob(FACTS, pipeline, { format }, { ...OPTIONS, split: 'never', verify: false }),
    );
    const grown = ops.length === 3 ? 8 : 0;
    expect(split).toMatchObject({ verified: true, pixelDigest: whole.pixelDigest });
    expect([split.width, split.height]).toEqual([311 + grown, 205 + grown]);
    const meta = await sharp(await buffer(await engine.objects.get(split.key)), { failOn: 'warning' }).metadata();
    expect([meta.width, meta.height]).toEqual([split.width, split.height]);
  });

  it.each([
    [0, 0, 90, 40],
    [610, 460, 90, 40],
    [0, 333, 700, 20],
    [5, 0, 7, 500],
  ])('keeps at %i, %i a part of %i × %i as libvips does', async (left, top, width, height) => {
    // A first pixel that is not of the frame would be the background.
    const bytes = await framed(left, top, width, height);
    const ground = { threshold: 10, background: 'colour', colour: '#203040' };
    const plan = planJob(
      FACTS,
      pipelineSchema.parse([{ op: 'trim', params: ground }]),
      { format: 'png' },
      OPTIONS,
      LIMITS,
    );
    const { key } = await engine.run(await engine.store(bytes, 'png'), plan);
    const theirs = sharp(bytes).trim({ background: '#203040', threshold: 10, lineArt: true });
    const { data, info } = await theirs.raw().toBuffer({ resolveWithObject: true });
    const ours = await sharp(await buffer(await engine.objects.get(key)))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([ours.info.width, ours.info.height]).toEqual([info.width, info.height]);
    expect(ours.data.equals(data)).toBe(true);
  });

  it('leaves a picture as it is that is background everywhere', async () => {
    const frame = { width: 700, height: 500, channels: 3, background: '#ffffff' } as const;
    const bytes = await sharp({ create: frame }).png().toBuffer();
    const plan = planJob(FACTS, pipelineSchema.parse([trim]), { format: 'png' }, OPTIONS, LIMITS);
    const result = await engine.run(await engine.store(bytes, 'png'), plan);
    expect(result).toMatchObject({ width: 700, height: 500, verified: true });
  });

  it('is refused before what would have to know its size', () => {
    for (const ops of [
      [trim, { op: 'resize' }],
      [trim, { op: 'median' }],
      [trim, { op: 'otsu' }],
    ]) {
      expect(() => planJob(FACTS, pipelineSchema.parse(ops), { format: 'png' }, OPTIONS)).toThrow(
        expect.objectContaining({ code: 'INVALID_PIPELINE' }),
      );
    }
    const output = { format: 'png' as const, thumbnails: [64] };
    expect(() => planJob(FACTS, pipelineSchema.parse([trim]), output, OPTIONS)).toThrow('thumbnails');
  });
});
