import * as z from 'zod';
import { define } from './definition.ts';

export const canny = define({
  op: 'canny',
  title: 'Canny edges',
  description: 'White lines where the image has edges: weak ones only where they join a strong one.',
  category: 'edges',
  params: z.strictObject({
    low: z
      .number()
      .min(0)
      .max(10000)
      .default(100)
      .describe('Gradient magnitude above which an edge is weak.')
      .meta({ title: 'Low threshold' }),
    high: z
      .number()
      .min(0)
      .max(10000)
      .default(200)
      .describe('Gradient magnitude above which an edge is strong.')
      .meta({ title: 'High threshold' }),
    aperture: z
      .union([z.literal(3), z.literal(5), z.literal(7)])
      .default(3)
      .describe('Side of the Sobel kernel in pixels: 3, 5 or 7.')
      .meta({ title: 'Sobel aperture', unit: 'px' }),
    l2: z
      .boolean()
      .default(false)
      .describe('Measure the gradient by √(dx² + dy²) instead of |dx| + |dy|.')
      .meta({ title: 'Precise magnitude (L2)' }),
  }),
});
