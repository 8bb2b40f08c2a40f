import * as z from 'zod';
import { define } from './definition.ts';

export const grayscale = define({
  op: 'grayscale',
  title: 'Grayscale',
  description: 'Turns colours into shades of gray by their luma (BT.601).',
  category: 'tone and colour',
  params: z.strictObject({}),
});

export const threshold = define({
  op: 'threshold',
  title: 'Threshold',
  description: 'White where the gray level is above the value, black elsewhere.',
  category: 'tone and colour',
  params: z.strictObject({
    value: z
      .number()
      .min(0)
      .max(255)
      .default(100)
      .describe('Gray level (0–255) that a pixel has to exceed to become white.')
      .meta({ title: 'Gray level' }),
  }),
});

export const invert = define({
  op: 'invert',
  title: 'Invert',
  description: 'The negative: every level v becomes 255 − v.',
  category: 'tone and colour',
  params: z.strictObject({}),
});

export const swapRedBlue = define({
  op: 'swap-red-blue',
  title: 'Swap red and blue',
  description: 'Exchanges the red and the blue channel.',
  category: 'tone and colour',
  params: z.strictObject({}),
});
