import * as z from 'zod';
import { define } from './definition.ts';

const odd = (value: number): boolean => value % 2 === 1;

const kernelSide = (fallback: number) =>
  z
    .int()
    .min(1)
    .max(31)
    .default(fallback)
    .describe('Side of the square that is looked at, in pixels (1–31).')
    .meta({ title: 'Kernel side', unit: 'px' });

export const gaussianBlur = define({
  op: 'gaussian-blur',
  title: 'Gaussian blur',
  description: 'Smooths the image with a Gaussian kernel.',
  category: 'filter',
  params: z.strictObject({
    ksize: z
      .int()
      .min(1)
      .max(61)
      .refine(odd, 'must be odd')
      .default(21)
      .describe('Side of the kernel in pixels (odd, 1–61).')
      .meta({ title: 'Kernel side', unit: 'px', not: { multipleOf: 2 } }),
    sigma: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe('Standard deviation in pixels; 0 derives it from the kernel side as OpenCV does.')
      .meta({ title: 'Sigma', unit: 'px' }),
  }),
});

export const sharpen = define({
  op: 'sharpen',
  title: 'Sharpen',
  description: 'Raises fine detail with the 3×3 kernel 9/−1.',
  category: 'filter',
  params: z.strictObject({}),
});

export const median = define({
  op: 'median',
  title: 'Median',
  description: 'Replaces each pixel by the median of its neighbourhood: removes specks, keeps edges.',
  category: 'filter',
  params: z.strictObject({
    ksize: z
      .union([z.literal(3), z.literal(5), z.literal(7)])
      .default(5)
      .describe('Side of the square neighbourhood in pixels: 3, 5 or 7.')
      .meta({ title: 'Kernel side', unit: 'px' }),
  }),
});

export const dilate = define({
  op: 'dilate',
  title: 'Dilate',
  description: 'Each pixel becomes the brightest of its neighbourhood: bright areas grow.',
  category: 'morphology',
  params: z.strictObject({ ksize: kernelSide(5) }),
});

export const erode = define({
  op: 'erode',
  title: 'Erode',
  description: 'Each pixel becomes the darkest of its neighbourhood: bright areas shrink.',
  category: 'morphology',
  params: z.strictObject({ ksize: kernelSide(5) }),
});
