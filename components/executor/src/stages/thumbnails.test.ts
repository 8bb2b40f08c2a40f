import { pipelineSchema, type OutputFormat } from '@tessera/contracts';
import { DEFAULT_PLAN_LIMITS, planJob, type PlanOptions } from '@tessera/imaging';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => (engine = await Engine.start()));
afterAll(() => engine.close());

const FACTS = { width: 610, height: 390, channels: 3 };
const LIMITS = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 610 * 64, most: 610 * 64 } };
const SIDES = [900, 320, 64];

function picture(): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 610 * 390 * 3 }, (_, n) => (n * 7 + (n >> 6) * 31 + (n % 1830)) & 255);
  return sharp(data, { raw: FACTS as { width: number; height: number; channels: 3 } })
    .png()
    .toBuffer();
}

describe('a set of thumbnails', () => {
  it.each<[OutputFormat, object[], PlanOptions['split'], boolean]>([
    ['png', [], 'always', true],
    ['jpeg', [{ op: 'gaussian-blur' }], 'always', true],
    ['webp', [{ op: 'canny' }], 'always', true],
    ['tiff', [{ op: 'canny' }, { op: 'invert' }], 'never', false],
  ])('as %s after %j, split %s, has the pixels of jobs of one size each', async (format, ops, split, verify) => {
    const options: PlanOptions = { split, verify, input: 'png', slots: 2 };
    const image = await engine.store(await picture(), 'png');
    const pipeline = pipelineSchema.parse(ops);
    const set = await engine.run(
      image,
      planJob(FACTS, pipeline, { format, thumbnails: [64, 900, 320, 64] }, options, LIMITS),
    );
    expect(set.verified).toBe(verify);
    expect(set.files?.count).toBe(3);
    expect(set.files?.pictures).toMatchObject([
      { width: 610, height: 390 },
      { width: 320, height: 205 },
      { width: 64, height: 41 },
    ]);
    for (const [n, side] of SIDES.entries()) {
      const resize = { op: 'resize', params: { width: side, height: side, fit: 'inside', enlarge: false } };
      const steps = pipelineSchema.parse([...ops, resize]);
      const alone = await engine.run(image, planJob(FACTS, steps, { format }, { ...options, verify: false }, LIMITS));
      expect(set.files?.pictures?.[n]?.pixelDigest).toBe(alone.pixelDigest);
    }
    expect(set).toMatchObject({ width: 610, height: 390, pixelDigest: set.files?.pictures?.[0]?.pixelDigest });
  });

  it('is not more than one kind of result at once', () => {
    const both = { format: 'png' as const, thumbnails: [64], tiles: { layout: 'dzi' as const } };
    const options: PlanOptions = { split: 'auto', verify: false, input: 'png', slots: 2 };
    expect(() => planJob(FACTS, [], both, options)).toThrow(expect.objectContaining({ code: 'INVALID_PIPELINE' }));
  });
});
