import { pipelineSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { checkDepth } from './check-depth.ts';
import { planJob } from './plan-job.ts';
import { reuseKey } from './reuse-key.ts';

const canny = pipelineSchema.parse([{ op: 'canny' }]);
const picture = { width: 640, height: 480, channels: 3, depth: 16 } as const;
const options = { split: 'auto', verify: false, input: 'png', slots: 4 } as const;

describe('depth of a plan', () => {
  it('names the step that computes in 8 bits only', () => {
    const unsupported = expect.objectContaining({
      code: 'UNSUPPORTED_DEPTH',
      message: expect.stringContaining('canny') as string,
    }) as Error;
    expect(() => checkDepth(canny, 16)).toThrow(unsupported);
    expect(() => planJob(picture, canny, { format: 'png' }, options)).toThrow(unsupported);
    expect(() => checkDepth(canny, 8)).not.toThrow();
  });

  it('keeps 16 bits where the format holds them, and 8 where they are asked for', () => {
    const depths = (format: 'png' | 'tiff' | 'jpeg' | 'webp', depth: 'keep' | 8 = 'keep') => {
      const plan = planJob(picture, [], { format, depth }, options);
      return [plan.picture.depth, plan.output.depth];
    };
    expect([depths('png'), depths('tiff')]).toEqual([
      [16, 16],
      [16, 16],
    ]);
    expect([depths('jpeg'), depths('webp')]).toEqual([
      [16, undefined],
      [16, undefined],
    ]);
    expect(depths('png', 8)).toEqual([undefined, undefined]);
    expect(planJob(picture, canny, { format: 'png', depth: 8 }, options).picture).not.toHaveProperty('depth');
  });

  it('tells results of another depth apart', () => {
    const keyOf = (depth: 'keep' | 8): string =>
      reuseKey('00', planJob(picture, [], { format: 'jpeg', depth }, options));
    expect(keyOf('keep')).not.toBe(keyOf(8));
  });
});
