import * as z from 'zod';
import { define } from './definition.ts';
import { oddSide } from './kernel-side.ts';

export const gaussianBlur = define({
  op: 'gaussian-blur',
  title: 'Gaussian blur',
  description: 'Smooths the image with a Gaussian kernel.',
  category: 'filter',
  params: z.strictObject({
    ksize: oddSide(21, 61),
    sigma: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe('Standard deviation in pixels; 0 derives it from the kernel side as OpenCV does.')
      .meta({ title: 'Sigma', unit: 'px' }),
  }),
});

export const boxBlur = define({
  op: 'box-blur',
  title: 'Box blur',
  description: 'Replaces each pixel by the mean of its neighbourhood.',
  category: 'filter',
  params: z.strictObject({ ksize: oddSide(9, 101) }),
});

export const motionBlur = define({
  op: 'motion-blur',
  title: 'Motion blur',
  description: 'Smears the image along a line, as a moving camera does.',
  category: 'filter',
  params: z.strictObject({
    length: z
      .int()
      .min(1)
      .max(101)
      .default(21)
      .describe('Length of the way in pixels.')
      .meta({ title: 'Length', unit: 'px' }),
    angle: z
      .number()
      .min(-180)
      .max(180)
      .default(0)
      .describe('Direction: 0 is across, 90 is upright, 45 rises to the right.')
      .meta({ title: 'Angle', unit: '°' }),
  }),
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

export const rankFilter = define({
  op: 'rank-filter',
  title: 'Rank filter',
  description:
    'Sorts the neighbourhood of each pixel and takes the level at a place of the order: 0 the darkest, 50 the median.',
  category: 'filter',
  params: z.strictObject({
    ksize: oddSide(5, 31),
    percentile: z
      .number()
      .min(0)
      .max(100)
      .default(20)
      .describe('Share of the neighbourhood that is darker.')
      .meta({ title: 'Percentile', unit: '%' }),
  }),
});

export const bilateral = define({
  op: 'bilateral',
  title: 'Bilateral filter',
  description:
    'Smooths areas and keeps edges: neighbours count by their distance and by the likeness of their colours.',
  category: 'filter',
  params: z.strictObject({
    ksize: oddSide(9, 31, 3),
    sigmaColour: z
      .number()
      .min(1)
      .max(255)
      .default(40)
      .describe('Difference of colours, in levels, that counts as large.')
      .meta({ title: 'Sigma of colours' }),
    sigmaSpace: z
      .number()
      .min(0.1)
      .max(50)
      .default(3)
      .describe('Distance in pixels that counts as large.')
      .meta({ title: 'Sigma of distance', unit: 'px' }),
  }),
});
