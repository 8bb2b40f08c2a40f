import type { OutputFormat, Step } from '@tessera/contracts';
import { planSchema, stageAfter } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsBlocks } from '../digest.ts';
import { gridCount, gridRegion } from '../region.ts';
import { planJob, type PlanOptions } from './plan-job.ts';
import { reuseKey } from './reuse-key.ts';

const OPTIONS: PlanOptions = { split: 'auto', verify: false, input: 'jpeg', slots: 2 };
const blur: Step = { op: 'gaussian-blur', params: { ksize: 21, sigma: 0 } };
const canny: Step = { op: 'canny', params: { low: 100, high: 200, aperture: 3, l2: false } };
const invert: Step = { op: 'invert', params: {} };
const flop: Step = { op: 'flop', params: {} };
const crop = (x: number, y: number, width: number, height: number): Step => ({
  op: 'crop',
  params: { x, y, width, height },
});
const ground = { colour: '#000000', opacity: 100 } as const;
const turned = { canvas: 'grown', interpolation: 'linear', ...ground } as const;
const sized = { width: 0, height: 0, percent: 0, fit: 'fill', enlarge: true, kernel: 'lanczos', ...ground } as const;
const resized = (width: number, height: number): Step => ({ op: 'resize', params: { ...sized, width, height } });
const percent = (share: number): Step => ({ op: 'resize', params: { ...sized, percent: share } });
const photo = (width: number, height: number, channels = 3) => ({ width, height, channels });
const kinds = (plan: ReturnType<typeof planJob>): string[] =>
  plan.stages.flatMap((stage) => (stage.kind === 'sequence' ? stage.stages.map((inner) => inner.kind) : [stage.kind]));

describe('planJob', () => {
  it('leaves pictures whole where many jobs share the slots, and cuts the same one alone', () => {
    const picture = { width: 4000, height: 4000, channels: 3 };
    const regions = (together: number): number => {
      const plan = planJob(picture, [canny], { format: 'png' }, { ...OPTIONS, together });
      return gridCount(plan.grid, plan.output);
    };
    expect(regions(1)).toBeGreaterThan(1);
    expect(regions(2)).toBe(1);
    expect(regions(12)).toBe(1);
  });

  it('gives a light image to one executor as one message', () => {
    const plan = planJob(photo(512, 512), [invert], { format: 'png' }, OPTIONS);
    expect(plan.stages).toMatchObject([{ kind: 'sequence', tasks: 1 }]);
    expect(kinds(plan)).toEqual(['render', 'assemble']);
  });

  it('cuts a heavy image into bands', () => {
    const plan = planJob(photo(12_000, 12_000), [blur], { format: 'png' }, OPTIONS);
    // Of 1000 rows, in whole blocks: a little more than wanted, so that none is left over.
    expect(plan.grid).toEqual({ width: 12_000, height: 1008 });
    expect(plan.stages.map((stage) => [stage.kind, stage.tasks])).toEqual([
      ['render', 12],
      ['assemble', 1],
    ]);
  });

  it('observes and merges before it applies a global operation, and fuses what reads no halo behind it', () => {
    const plan = planJob(photo(512, 512), [blur, canny, invert], { format: 'png' }, { ...OPTIONS, split: 'always' });
    expect(kinds(plan)).toEqual(['observe', 'merge', 'render', 'assemble']);
    expect(plan.stages[2]).toMatchObject({
      pass: { before: [blur], global: { step: canny, mergeStage: 1 }, after: [invert] },
    });
  });

  it('looks as often as an operation wants, each time knowing what it found before, at pixels that were kept', () => {
    const few: Step = { op: 'k-means', params: { k: 4, iterations: 3 } };
    const split = { ...OPTIONS, split: 'always' } as const;
    const { stages } = planJob(photo(512, 512), [invert, few, invert], { format: 'png' }, split);
    expect(stages.map(({ kind }) => kind)).toEqual([
      ...['materialize', 'observe', 'merge', 'observe', 'merge', 'observe', 'merge', 'observe', 'merge'],
      ...['render', 'assemble'],
    ]);
    expect(stages[1]).not.toHaveProperty('mergeBefore');
    expect(stages[2]).toMatchObject({ observeStage: 1, lastMerge: 8, place: 1 });
    expect(stages[3]).toMatchObject({ mergeBefore: 2, pass: { source: { kind: 'regions', stage: 0 }, before: [] } });
    expect(stages[8]).toMatchObject({ observeStage: 7, mergeBefore: 6, lastMerge: 8 });
    expect(stages[9]).toMatchObject({ pass: { global: { step: few, mergeStage: 8 }, after: [invert] } });
    expect(stages.map((_, n) => stageAfter(stages, n, true))).toEqual([1, 2, 9, 4, 9, 6, 9, 8, 9, 10, 11]);
    expect(stages.map((_, n) => stageAfter(stages, n, false))).toEqual(stages.map((_, n) => n + 1));
  });

  it('refuses what makes a plan too long for a message', () => {
    const often: Step = { op: 'k-means', params: { k: 4, iterations: 30 } };
    const plan = (count: number) =>
      planJob(
        photo(512, 512),
        Array.from({ length: count }, () => often),
        { format: 'png' },
        OPTIONS,
      );
    expect(plan(3).stages).toHaveLength(1);
    expect(() => plan(32)).toThrow(expect.objectContaining({ code: 'INVALID_PIPELINE' }));
  });

  it('materialises applied pixels for an operation that reads a halo of them', () => {
    const plan = planJob(
      photo(512, 512),
      [canny, blur, canny],
      { format: 'png' },
      { ...OPTIONS, split: 'always', verify: true },
    );
    expect(kinds(plan)).toEqual([
      'observe',
      'merge',
      'materialize',
      'observe',
      'merge',
      'render',
      'assemble',
      'verify',
    ]);
    expect(plan.stages[3]).toMatchObject({ pass: { source: { kind: 'regions', stage: 2 }, before: [blur] } });
  });

  it('keeps one region for formats that can not be joined', () => {
    const plan = planJob(photo(6000, 4000), [invert], { format: 'webp' }, { ...OPTIONS, split: 'always' });
    expect(plan.stages).toHaveLength(1);
    expect(plan.reason).toContain('webp');
  });

  it('refuses what the format or one machine can not hold', () => {
    const code = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(() => planJob(photo(70_000, 10), [], { format: 'jpeg' }, OPTIONS))).toBe('OUTPUT_TOO_LARGE');
    expect(code(() => planJob(photo(17_000, 10), [], { format: 'webp' }, OPTIONS))).toBe('OUTPUT_TOO_LARGE');
    expect(code(() => planJob(photo(20_000, 20_000), [], { format: 'png' }, { ...OPTIONS, verify: true }))).toBe(
      'VERIFY_TOO_LARGE',
    );
    expect(code(() => planJob(photo(20_000, 20_000), [], { format: 'png' }, { ...OPTIONS, split: 'never' }))).toBe(
      'OUTPUT_TOO_LARGE',
    );
  });

  it('cuts every picture so that all pixels are covered once and all limits are kept', () => {
    const formats = fc.constantFrom<OutputFormat>('png', 'jpeg', 'tiff');
    const side = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 65_500 }));
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 4 }),
        formats,
        fc.constantFrom('4:2:0', '4:4:4'),
        (width, height, channels, format, subsampling) => {
          const plan = planJob(
            photo(width, height, channels),
            [],
            { format, subsampling },
            { ...OPTIONS, split: 'always' },
          );
          expect(planSchema.safeParse(plan).success).toBe(true);
          expect(fitsBlocks(plan.grid, plan.output)).toBe(true);
          const count = gridCount(plan.grid, plan.output);
          let area = 0;
          for (let index = 0; index < count; index++) {
            const region = gridRegion(plan.grid, plan.output, index);
            area += region.width * region.height;
          }
          expect(area).toBe(width * height);
          if (format === 'jpeg' && count > 1) {
            const mcu = plan.output.channels === 3 && subsampling === '4:2:0' ? 16 : 8;
            expect(plan.grid.height % mcu).toBe(0);
            expect(Math.ceil(width / mcu) * (plan.grid.height / mcu)).toBeLessThanOrEqual(65_535);
          }
          if (format === 'tiff' && count > 1) expect(plan.grid.height % plan.output.tile).toBe(0);
        },
      ),
    );
  });

  it('tells each stage the size that the picture has there, and how it is cut', () => {
    const pipeline: Step[] = [blur, crop(100, 1000, 3000, 2000), canny, flop, blur];
    const plan = planJob(photo(6000, 9000), pipeline, { format: 'png' }, { ...OPTIONS, split: 'always' });
    expect(kinds(plan)).toEqual(['observe', 'merge', 'materialize', 'render', 'assemble']);
    const size = { width: 3000, height: 2000 };
    expect(plan.output).toMatchObject(size);
    for (const stage of plan.stages.slice(0, 4)) expect(stage).toMatchObject({ cells: { picture: size } });
    expect(plan.stages[0]).toMatchObject({ pass: { before: [blur, crop(100, 1000, 3000, 2000)] } });
    expect(plan.stages[3]).toMatchObject({ pass: { source: { kind: 'regions', stage: 2 }, before: [flop, blur] } });
    expect(planSchema.parse(plan)).toEqual(plan);
  });

  it('cuts what one machine could not hold though the result is small, and what is before a file of one piece', () => {
    const small = crop(0, 0, 400, 300);
    const plan = planJob(photo(40_000, 10_000), [canny, small], { format: 'webp' }, { ...OPTIONS, split: 'auto' });
    expect(plan.stages.map(({ kind }) => kind)).toEqual(['observe', 'merge', 'materialize', 'render', 'assemble']);
    expect(plan.stages[0]!.tasks).toBeGreaterThan(4);
    expect(plan.stages[3]!.tasks).toBe(1);
    // What is left is all that is read, however large the image is.
    expect(planJob(photo(40_000, 10_000), [small], { format: 'png' }, OPTIONS).stages).toHaveLength(1);
  });

  it('bounds what a task holds: a band of a turned picture crosses all of it, so that squares are made first', () => {
    const turn: Step = { op: 'rotate', params: { ...turned, angle: 45 } };
    const plan = planJob(photo(12_000, 12_000), [turn], { format: 'png' }, OPTIONS);
    const [made, render] = plan.stages;
    expect(kinds(plan)).toEqual(['materialize', 'render', 'assemble']);
    const { picture, grid } = made?.kind === 'materialize' ? made.cells! : expect.fail('no squares');
    expect(picture).toEqual({ width: plan.output.width, height: plan.output.height });
    expect(grid.width).toBe(grid.height);
    expect(render).toMatchObject({ pass: { source: { kind: 'regions', stage: 0 }, before: [] } });
    // By quarters a band is a band of columns.
    const quarter: Step = { op: 'rotate', params: { ...turned, angle: 90 } };
    expect(kinds(planJob(photo(12_000, 12_000), [quarter], { format: 'png' }, OPTIONS))).toEqual([
      'render',
      'assemble',
    ]);
  });

  it('cuts a shrunk picture by what is read for it', () => {
    const plan = planJob(photo(20_000, 20_000), [resized(500, 500)], { format: 'png' }, OPTIONS);
    expect(plan.output).toMatchObject({ width: 500, height: 500 });
    expect(plan.stages[0]!.tasks).toBeGreaterThan(8);
    const webp = planJob(photo(20_000, 20_000), [resized(200, 200)], { format: 'webp' }, OPTIONS);
    expect(kinds(webp)).toEqual(['materialize', 'render', 'assemble']);
    expect(webp.reason).toContain('webp');
  });

  it('refuses what would be too large before anything is decoded', () => {
    const plan = (step: Step) => () => planJob(photo(100, 100), [step], { format: 'png' }, OPTIONS);
    expect(plan(resized(100_000, 100_000))).toThrow(expect.objectContaining({ code: 'OUTPUT_TOO_LARGE' }));
    expect(plan(resized(1_000_000, 1))).not.toThrow();
    const wide: Step[] = Array.from({ length: 4 }, () => percent(1000));
    expect(() => planJob(photo(1000, 10), wide, { format: 'png' }, OPTIONS)).toThrow(
      expect.objectContaining({ code: 'OUTPUT_TOO_LARGE' }),
    );
  });

  it('refuses to keep a rectangle that lies outside', () => {
    expect(() => planJob(photo(100, 100), [crop(100, 0, 5, 5)], { format: 'png' }, OPTIONS)).toThrow(
      expect.objectContaining({ code: 'INVALID_PIPELINE' }),
    );
  });

  it('names equal results alike however they were split', () => {
    const split = planJob(photo(4000, 4000), [blur], { format: 'png' }, { ...OPTIONS, split: 'always' });
    const whole = planJob(photo(4000, 4000), [blur], { format: 'png' }, { ...OPTIONS, split: 'never' });
    expect(reuseKey('a', split)).toBe(reuseKey('a', whole));
    expect(reuseKey('b', split)).not.toBe(reuseKey('a', whole));
  });
});
