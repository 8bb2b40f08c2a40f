import type { Plan, StepInput } from '@tessera/contracts';
import { pipelineSchema } from '@tessera/contracts';
import { planProduct } from '@tessera/geo';
import { DEFAULT_COSTS, KERNEL_VERSION, planJob } from '@tessera/imaging';
import type { ImageRow, JobRow } from '@tessera/store';
import { describe, expect, it } from 'vitest';
import { planAnew } from './plan-anew.ts';

const site = { slots: 4, costs: DEFAULT_COSTS };
const image: ImageRow = {
  ...{ id: 'i', visitor: 'v', name: 'a.png', key: 'uploads/i', format: 'png', width: 3000, height: 2000, channels: 3 },
  ...{ bytes: 1, sha256: '0a'.repeat(32), progressive: false, createdAt: new Date(0) },
};
const jobOf = (plan: Plan): JobRow => ({ id: 'j', image, plan: { ...plan, kernel: 'of before' } }) as unknown as JobRow;
const planned = (plan: Plan): Plan => {
  const anew = planAnew(jobOf(plan), site);
  if ('error' in anew) throw new Error(anew.error.message);
  return anew.plan;
};
const steps: readonly StepInput[] = [
  { op: 'gaussian-blur' },
  { op: 'otsu' },
  { op: 'resize', params: { percent: 50 } },
];

describe('a plan made anew', () => {
  it.each([
    ['split', 'always', false],
    ['split and verified', 'always', true],
    ['whole', 'never', false],
  ] as const)('is that of this version: %s', (_, split, verify) => {
    const options = { split, verify, input: 'png', slots: 4 } as const;
    const before = planJob(image, pipelineSchema.parse(steps), { format: 'tiff', quality: 70 }, options);
    const { again, reason, ...after } = planned(before);
    const { reason: _reason, ...same } = before;
    expect(after).toEqual(same);
    expect([again, reason]).toEqual([1, expect.stringContaining(`planned anew for version ${KERNEL_VERSION}`)]);
    expect(planned({ ...before, again: 4 }).again).toBe(5);
  });

  it('reads the same other images', () => {
    const others = [{ id: 'o', key: 'uploads/o', bytes: 1, sha256: 'ff', format: 'png' }] as unknown as Plan['others'];
    const before = planJob(image, [], { format: 'png' }, { split: 'never', verify: false, input: 'png', slots: 4 });
    expect(planned({ ...before, others }).others).toEqual(others);
  });

  it('of a product is cut by this version', () => {
    const before = planProduct({
      compute: {
        kind: 'composite',
        bands: [0],
        composite: { rule: { kind: 'median-luminance', mode: 'exact' }, nodata: 0 },
      },
      target: {
        type: 'uint16',
        bands: [{ name: null }],
        nodata: null,
        epsg: null,
        transform: null,
        origin: { x: 0, y: 0 },
      },
      ...{ size: { width: 5000, height: 4000 }, sources: 3, compression: 'deflate', overviews: 'average', kernel: 'x' },
    });
    const after = planned({ ...before, stages: before.stages.slice(0, 1) });
    expect(after).toMatchObject({ kernel: KERNEL_VERSION, stages: before.stages, raster: before.raster, again: 1 });
  });

  it('is an error where this version can not do it', () => {
    const before = planJob(image, [], { format: 'png' }, { split: 'never', verify: false, input: 'png', slots: 4 });
    const crop = { op: 'crop', params: { x: 9000, y: 0, width: 5, height: 5 } } as const;
    expect(planAnew(jobOf({ ...before, pipeline: [crop] }), site)).toMatchObject({
      error: { code: 'INVALID_PIPELINE' },
    });
  });
});
