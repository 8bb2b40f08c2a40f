import { OPERATIONS, stepSchema, type Step } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARAMS } from './operations/params.fixture.ts';
import { scaleStep } from './scale-step.ts';

const steps: fc.Arbitrary<Step> = fc.oneof(
  ...OPERATIONS.map(({ op }) => (PARAMS[op] as fc.Arbitrary<object>).map((params) => ({ op, params }) as Step)),
);
const scales = fc.double({ min: 1e-4, max: 1, noNaN: true });

describe('scaleStep', () => {
  it('changes nothing at full size', () => {
    fc.assert(fc.property(steps, (step) => scaleStep(step, 1) === step));
  });

  it('gives steps that the schema takes, kernels no larger than before and of the same parity', () => {
    fc.assert(
      fc.property(steps, scales, (step, scale) => {
        const scaled = scaleStep(step, scale);
        if (scaled === undefined) return;
        expect(stepSchema.parse(scaled)).toEqual(scaled);
        if (!('ksize' in step.params) || !('ksize' in scaled.params)) return;
        expect(scaled.params.ksize).toBeLessThanOrEqual(step.params.ksize);
        expect(scaled.params.ksize % 2).toBe(step.params.ksize % 2);
        expect(Math.abs(scaled.params.ksize - step.params.ksize * scale)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('drops what is smaller than a pixel', () => {
    const blur = { op: 'gaussian-blur', params: { ksize: 21, sigma: 0 } } as const;
    expect(scaleStep(blur, 0.5)).toEqual({ op: 'gaussian-blur', params: { ksize: 11, sigma: 1.75 } });
    expect(scaleStep(blur, 0.04)).toBeUndefined();
    expect(scaleStep({ op: 'median', params: { ksize: 7 } }, 0.5)).toEqual({ op: 'median', params: { ksize: 3 } });
    expect(scaleStep({ op: 'median', params: { ksize: 3 } }, 0.4)).toBeUndefined();
    const erode = { op: 'erode', params: { ksize: 4, shape: 'cross', iterations: 2 } } as const;
    expect(scaleStep(erode, 0.5)).toEqual({ op: 'erode', params: { ...erode.params, ksize: 2 } });
    expect(scaleStep({ op: 'sharpen', params: {} }, 0.9)).toBeDefined();
    expect(scaleStep({ op: 'sharpen', params: {} }, 0.5)).toBeUndefined();
  });

  it('leaves tones and edges alone', () => {
    const step = { op: 'threshold', params: { value: 90, type: 'binary' } } as const;
    expect(scaleStep(step, 0.1)).toEqual(step);
  });
});
