import * as z from 'zod';
import { define } from './definition.ts';

export const pixelate = define({
  op: 'pixelate',
  title: 'Pixelate',
  description: 'Squares of one colour each, the mean of what they cover.',
  category: 'effect',
  params: z.strictObject({
    size: z
      .int()
      .min(1)
      .max(128)
      .default(12)
      .describe('Side of the squares in pixels (1–128); they begin at the upper left corner of the image.')
      .meta({ title: 'Side', unit: 'px' }),
  }),
});

export const vignette = define({
  op: 'vignette',
  title: 'Vignette',
  description: 'Darkens the image towards its corners.',
  category: 'effect',
  params: z.strictObject({
    amount: z
      .number()
      .min(0)
      .max(100)
      .default(60)
      .describe('How much light is missing in the corners.')
      .meta({ title: 'Amount', unit: '%' }),
    radius: z
      .number()
      .min(0)
      .max(99)
      .default(35)
      .describe('Where it begins, from the middle to the corners.')
      .meta({ title: 'Begins at', unit: '%' }),
  }),
});
