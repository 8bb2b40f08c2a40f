import { pyramidLevels } from '@tessera/codec';
import { OPERATIONS, pipelineSchema } from '@tessera/contracts';
import { contains, sizeAfter, wholeOf } from '@tessera/imaging';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPreview, regionOfLevel } from './plan-preview.ts';

const GEOMETRY = new Set<string>(OPERATIONS.filter(({ category }) => category === 'geometry').map(({ op }) => op));
const source = (width: number, height: number) => ({ width, height, levels: pyramidLevels({ width, height }) });
const blur = pipelineSchema.parse([{ op: 'gaussian-blur', params: { ksize: 21 } }]);

describe('planPreview', () => {
  it('a trim is left out, so that nothing is exact', () => {
    const plan = planPreview(source(500, 500), {
      pipeline: pipelineSchema.parse([{ op: 'trim' }]),
      side: 1024,
      region: undefined,
    });
    expect([plan.exact, plan.shares, plan.result]).toEqual([false, ['left-out'], { width: 500, height: 500 }]);
  });

  it('shows a part at full size from the picture itself, exactly', () => {
    const region = { x: 4000, y: 100, width: 1000, height: 700 };
    expect(planPreview(source(12_000, 9000), { pipeline: blur, side: 1024, region })).toEqual({
      picture: { width: 12_000, height: 9000 },
      scale: 1,
      pipeline: blur,
      region,
      needed: { x: 3990, y: 90, width: 1020, height: 720 },
      level: 0,
      exact: true,
      shares: ['same'],
      result: { width: 12_000, height: 9000 },
    });
  });

  it('shows all of a large picture from a small level, with the blur as much smaller', () => {
    const plan = planPreview(source(12_000, 9000), { pipeline: blur, side: 1000, region: undefined });
    expect(plan).toMatchObject({ picture: { width: 1000, height: 750 }, level: 3, exact: false });
    expect(plan.region).toEqual({ x: 0, y: 0, width: 1000, height: 750 });
    expect(plan.pipeline).toMatchObject([{ params: { ksize: 1 } }].slice(1));
    const near = planPreview(source(12_000, 9000), {
      pipeline: blur,
      side: 1000,
      region: { x: 0, y: 0, width: 2000, height: 1500 },
    });
    expect(near.pipeline).toMatchObject([{ params: { ksize: 11 } }]);
  });

  it('does not call edges exact where it has not seen the whole picture', () => {
    const pipeline = pipelineSchema.parse([{ op: 'canny' }]);
    const region = { x: 0, y: 0, width: 500, height: 500 };
    expect(planPreview(source(3000, 3000), { pipeline, side: 1024, region }).exact).toBe(false);
    expect(planPreview(source(500, 500), { pipeline, side: 1024, region }).exact).toBe(true);
  });

  it('looks at a small copy of all where colours are to be counted and a part is shown only', () => {
    const pipeline = pipelineSchema.parse([{ op: 'sharpen' }, { op: 'equalize-histogram' }]);
    const region = { x: 0, y: 0, width: 500, height: 500 };
    const plan = (part: typeof region | undefined) =>
      planPreview(source(4096, 2048), { pipeline, side: 1024, region: part });
    expect(plan(region)).toMatchObject({
      ...{ exact: false, pipeline: [{ op: 'sharpen' }, { op: 'equalize-histogram' }] },
      overview: {
        ...{ picture: { width: 512, height: 256 }, needed: { x: 0, y: 0, width: 512, height: 256 }, level: 3 },
        steps: [undefined, { op: 'equalize-histogram' }],
      },
    });
    expect(plan(undefined)).not.toHaveProperty('overview');
    expect(planPreview(source(4096, 2048), { pipeline: blur, side: 1024, region })).not.toHaveProperty('overview');
  });

  it('refuses a region outside', () => {
    const region = { x: 90, y: 0, width: 11, height: 5 };
    expect(() => planPreview(source(100, 100), { pipeline: [], side: 64, region })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    );
  });

  it('tells which steps are scaled with the picture, and which are too small to be seen', () => {
    const pipeline = pipelineSchema.parse([
      { op: 'invert' },
      { op: 'sharpen' },
      { op: 'gaussian-blur', params: { ksize: 15 } },
    ]);
    const sharesAt = (side: number) => planPreview(source(4000, 3000), { pipeline, side }).shares;
    expect(sharesAt(1000)).toEqual(['same', 'left-out', 'scaled']);
    expect(sharesAt(4000)).toEqual(['same', 'same', 'same']);
  });

  it('always asks for pixels that are there, no more than the screen shows, and never enlarges', () => {
    const length = fc.integer({ min: 1, max: 30_000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const steps = fc.array(fc.constantFrom(...OPERATIONS.map(({ op }) => ({ op }))), { maxLength: 4 });
    fc.assert(
      fc.property(
        length,
        length,
        share,
        share,
        share,
        share,
        fc.integer({ min: 16, max: 1600 }),
        steps,
        (w, h, a, b, c, d, side, ops) => {
          const picture = source(w, h);
          const pipeline = pipelineSchema.parse(ops);
          const { width, height } = sizeAfter(pipeline, picture);
          const x = Math.floor(a * (width - 1));
          const y = Math.floor(b * (height - 1));
          const [across, down] = [Math.floor(c * (width - 1 - x)), Math.floor(d * (height - 1 - y))];
          const region = { x, y, width: 1 + across, height: 1 + down };
          const plan = planPreview(picture, { pipeline, side, region });
          expect(contains(wholeOf(plan.picture), plan.needed)).toBe(true);
          const isMoved = pipeline.some(({ op }) => GEOMETRY.has(op));
          expect(isMoved || contains(plan.needed, plan.region)).toBe(true);
          expect(plan.result).toEqual({ width, height });
          expect(contains(wholeOf(sizeAfter(plan.pipeline, plan.picture)), plan.region)).toBe(true);
          expect(Math.max(plan.region.width, plan.region.height)).toBeLessThanOrEqual(side + 1);
          const level = picture.levels[plan.level]!;
          const read = regionOfLevel(plan.needed, plan.picture, level);
          expect(contains(wholeOf(level), read)).toBe(true);
          // Levels are rounded down, so they may lack a pixel.
          expect(read.width).toBeGreaterThanOrEqual(Math.min(plan.needed.width, level.width) - 1);
        },
      ),
    );
  });
});
