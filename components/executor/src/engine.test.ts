import { buffer } from 'node:stream/consumers';
import {
  pipelineSchema,
  reportSchema,
  type OtherPicture,
  type OutputFormat,
  type Pipeline,
  type Plan,
} from '@tessera/contracts';
import { DEFAULT_PLAN_LIMITS, planJob, type PlanOptions } from '@tessera/imaging';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine, type TaskOrder } from './testing/engine.ts';

let engine: Engine;
beforeAll(async () => (engine = await Engine.start()));
afterAll(() => engine.close());

const OPTIONS: PlanOptions = { split: 'always', verify: false, input: 'png', slots: 2 };
/** Where defaults would leave little to see. */
const SHOWN: Readonly<Record<string, object>> = {
  crop: { x: 37, y: 51, width: 801, height: 301 },
  rotate: { angle: 33 },
  resize: { width: 700, height: 500, fit: 'cover' },
};
const steps = (...ops: readonly string[]): Pipeline => [
  ...pipelineSchema.parse(ops.map((op) => ({ op, params: SHOWN[op] }))),
];

/** A picture with structure at all scales and noise: gradients, stripes and specks. */
function picture(width: number, height: number, channels: 1 | 2 | 3 | 4, seed: number): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * channels);
  let state = seed | 1;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const x = Math.floor(index / channels) % width;
    const y = Math.floor(index / channels / width);
    const stripes = (((x >> 4) + (y >> 3)) & 1) * 120;
    data[index] = (stripes + ((x + 2 * y) & 63) + ((state >>> 24) % 40)) & 255;
  }
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
}

/** Small regions, so that there are many. */
const LIMITS = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 700 * 40, most: 700 * 40 } };

async function digests(bytes: Uint8Array, pipeline: Pipeline, format: OutputFormat) {
  const meta = await sharp(bytes).metadata();
  const facts = { width: meta.width, height: meta.height, channels: meta.channels };
  const image = await engine.store(bytes, 'png');
  const split = await engine.run(image, planJob(facts, pipeline, { format }, { ...OPTIONS, verify: true }, LIMITS));
  const whole = await engine.run(image, planJob(facts, pipeline, { format }, { ...OPTIONS, split: 'never' }));
  return { split, whole };
}

describe('a split job', () => {
  it.each<[OutputFormat, readonly string[]]>([
    ['png', ['gaussian-blur']],
    ['jpeg', ['median', 'sharpen']],
    ['tiff', ['dilate', 'grayscale']],
    ['png', ['canny', 'dilate', 'canny', 'invert']],
    ['tiff', ['gaussian-blur', 'canny', 'median']],
    ['jpeg', ['threshold', 'erode']],
    ['png', ['gaussian-blur', 'crop', 'flip', 'canny', 'flop', 'dilate']],
    ['tiff', ['crop', 'flop', 'sharpen']],
    ['jpeg', ['rotate', 'canny', 'resize', 'pad']],
  ])('gives the pixels of the unsplit run as %s after %j, verified', async (format, ops) => {
    const { split, whole } = await digests(await picture(1030, 417, 3, 7), steps(...ops), format);
    expect(split.pixelDigest).toBe(whole.pixelDigest);
    expect(split.verified).toBe(true);
  });

  it.each<[number, PlanOptions['split']]>([
    [2, 'always'],
    [30, 'never'],
  ])(
    'looks at most %i times again, ends when nothing moves any more, split %s, and tells what it found',
    async (iterations, split) => {
      const bytes = await picture(210, 170, 3, 5);
      const pipeline = pipelineSchema.parse([
        ...[
          { op: 'invert' },
          { op: 'k-means', params: { k: 3, iterations } },
          { op: 'statistics' },
          { op: 'box-blur' },
        ],
      ]);
      const limits = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 210 * 40, most: 210 * 40 } };
      const facts = { width: 210, height: 170, channels: 3 };
      const plan = planJob(facts, pipeline, { format: 'png' }, { ...OPTIONS, split, verify: true }, limits);
      const image = await engine.store(bytes, 'png');
      const { verified, reports } = await engine.run(image, plan);
      expect(verified).toBe(true);
      const found = reports?.map(async ({ key }) =>
        reportSchema.parse(JSON.parse((await buffer(await engine.objects.get(key))).toString())),
      );
      const [colours, levels] = await Promise.all(found ?? []);
      expect(reports).toMatchObject([
        { step: 1, op: 'k-means' },
        { step: 2, op: 'statistics' },
      ]);
      if (colours?.op !== 'k-means' || levels?.op !== 'statistics') return expect.fail('other reports');
      expect(colours).toMatchObject(iterations === 2 ? { rounds: 2, settled: false } : { settled: true });
      expect(colours.rounds).toBeLessThan(30);
      // The statistics are of what came out of the step before.
      const reds = levels.channels[0]?.histogram.flatMap((count, level) => (count > 0 ? [level] : []));
      const told = new Set(colours.colours.map(({ colour }) => Number.parseInt(colour.slice(1, 3), 16)));
      expect(reds).toEqual([...told].sort((a, b) => a - b));
    },
  );

  it('reads other pictures before and behind a look at the whole, split and verified', async () => {
    const other = async (name: string, width: number, height: number, channels: 3 | 4): Promise<OtherPicture> => ({
      ...(await engine.store(await picture(width, height, channels, width), 'png')),
      ...{ name, width, height, channels },
    });
    const others = [await other('logo', 90, 33, 4), await other('stencil', 500, 300, 3)];
    const pipeline = pipelineSchema.parse([
      { op: 'blend', params: { image: 'stencil', mode: 'multiply' } },
      { op: 'sharpen' },
      { op: 'canny' },
      { op: 'watermark', params: { image: 'logo', repeat: true, gap: 7, opacity: 0.4 } },
      { op: 'box-blur' },
      { op: 'mask', params: { image: 'stencil', position: 'bottom' } },
    ]);
    const facts = { width: 410, height: 333, channels: 3 };
    const limits = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 410 * 40, most: 410 * 40 } };
    const image = await engine.store(await picture(410, 333, 3, 2), 'png');
    const plan = planJob(facts, pipeline, { format: 'tiff' }, { ...OPTIONS, verify: true }, limits);
    expect(await engine.run(image, { ...plan, others })).toMatchObject({ verified: true, channels: 4 });
  });

  it('makes in squares what would read too much for a band', async () => {
    const facts = { width: 1030, height: 417, channels: 3 };
    const image = await engine.store(await picture(facts.width, facts.height, 3, 5), 'png');
    const pipeline = steps('gaussian-blur', 'rotate', 'sharpen', 'resize');
    const limits = { ...LIMITS, unsplitPixels: 60_000 };
    const plan = planJob(facts, pipeline, { format: 'png' }, { ...OPTIONS, verify: true }, limits);
    expect(plan.stages.map(({ kind }) => kind)).toContain('materialize');
    const result = await engine.run(image, plan);
    expect(result).toMatchObject({ width: 700, height: 500, verified: true });
  });

  it('decodes to the digest it promises', async () => {
    const { split, whole } = await digests(await picture(300, 200, 4, 3), steps('invert'), 'png');
    const pixels = async (key: string) =>
      sharp(await buffer(await engine.objects.get(key)))
        .raw()
        .toBuffer();
    expect((await pixels(split.key)).equals(await pixels(whole.key))).toBe(true);
  });

  it.each(['jpeg', 'png'] as const)('keeps EXIF in a %s only where that is asked for', async (format) => {
    const exif = { IFD0: { Copyright: 'nobody' } };
    const source = await sharp(await picture(200, 100, 3, 5))
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .toBuffer();
    const image = await engine.store(source, 'jpeg');
    // Upright, the picture stands on its narrow side.
    const facts = { width: 100, height: 200, channels: 3 };
    for (const metadata of ['strip', 'keep'] as const) {
      const plan = planJob(facts, [], { format, metadata }, { ...OPTIONS, input: 'jpeg' });
      const { key } = await engine.run(image, plan);
      const meta = await sharp(await buffer(await engine.objects.get(key)), { failOn: 'warning' }).metadata();
      expect(meta.exif?.includes('nobody') ?? false).toBe(metadata === 'keep');
      expect([meta.width, meta.height, meta.orientation ?? 1]).toEqual([100, 200, 1]);
    }
  });

  it.each<['jpeg' | 'tiff', readonly string[]]>([
    ['jpeg', ['median', 'canny']],
    ['tiff', ['gaussian-blur', 'canny', 'dilate']],
  ])('reads a %s that can be cut by its rows, in any order, as it would as a whole', async (format, ops) => {
    const facts = { width: 1030, height: 417, channels: 3 };
    const limits = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 1030 * 48, most: 1030 * 48 } };
    const options = { ...OPTIONS, input: format };
    // What is made in regions can be cut: a JPEG has restart markers, a TIFF tiles.
    const made = await engine.run(
      await engine.store(await picture(facts.width, facts.height, 3, 9), 'png'),
      planJob(facts, [], { format }, OPTIONS, limits),
    );
    const source = await buffer(await engine.objects.get(made.key));
    const run = async (plan: Plan, order?: TaskOrder) => engine.run(await engine.store(source, format), plan, order);
    const whole = await run(planJob(facts, steps(...ops), { format: 'png' }, { ...options, split: 'never' }));
    const split = planJob(facts, steps(...ops), { format: 'png' }, { ...options, verify: true }, limits);
    for (const order of [undefined, (indexes: readonly number[]) => [...indexes].reverse()]) {
      const result = await run(split, order);
      expect(result.pixelDigest).toBe(whole.pixelDigest);
      expect(result.verified).toBe(true);
    }
  });

  it('does not depend on the order of tasks, nor on tasks that run twice', async () => {
    const image = await engine.store(await picture(640, 480, 3, 11), 'png');
    const facts = { width: 640, height: 480, channels: 3 };
    const orders = fc.array(fc.nat(), { minLength: 4, maxLength: 64 }).map((keys): TaskOrder => (indexes) => {
      const shuffled = [...indexes].sort((a, b) => (keys[a % keys.length] ?? 0) - (keys[b % keys.length] ?? 0));
      return [...shuffled, ...shuffled.filter((index) => (keys[index % keys.length] ?? 0) % 2 === 0)];
    });
    const pipeline = steps('gaussian-blur', 'canny', 'dilate');
    const whole = await engine.run(image, planJob(facts, pipeline, { format: 'png' }, { ...OPTIONS, split: 'never' }));
    // Compared with the whole here, the split run does not have to be verified by itself.
    const plan = planJob(facts, pipeline, { format: 'png' }, OPTIONS, LIMITS);
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect((await engine.run(image, plan, order)).pixelDigest).toBe(whole.pixelDigest);
      }),
      { numRuns: 4 },
    );
  });
});
