import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianKernel } from './gaussian-kernel.ts';
import { PARAMS } from '../params.fixture.ts';

describe('gaussianKernel', () => {
  it('is symmetric and adds up to 256, and no weight is negative', () => {
    fc.assert(
      fc.property(PARAMS['gaussian-blur'], ({ ksize, sigma }) => {
        const kernel = [...gaussianKernel(ksize, sigma)];
        expect(kernel).toHaveLength(ksize);
        expect(kernel.toReversed()).toEqual(kernel);
        expect(kernel.reduce((sum, weight) => sum + weight, 0)).toBe(256);
        // Weights are unsigned, so a negative one would show as one above 256.
        expect(Math.max(...kernel)).toBeLessThanOrEqual(256);
      }),
      { numRuns: 500 },
    );
  });

  it('is what OpenCV 4.6 shows for a single bright pixel', () => {
    // cv2.GaussianBlur of one pixel of 255 in a row of black ones: at this size level and weight are the same.
    expect([...gaussianKernel(21, 0)]).toEqual([
      ...[0, 2, 2, 4, 6, 11, 15, 20, 25, 28],
      30,
      ...[28, 25, 20, 15, 11, 6, 4, 2, 2, 0],
    ]);
  });
});
