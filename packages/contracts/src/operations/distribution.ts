import * as z from 'zod';
import { define } from './definition.ts';

export const kMeans = define({
  op: 'k-means',
  title: 'Few colours (k-means)',
  description: 'Leaves so many colours, those that are nearest to all others on the whole, and tells them as JSON.',
  category: 'tone and colour',
  params: z.strictObject({
    k: z.int().min(2).max(32).default(8).describe('Colours that are left at most (2–32).').meta({ title: 'Colours' }),
    iterations: z
      .int()
      .min(1)
      .max(30)
      .default(10)
      .describe('How often the colours are moved at most; it ends as soon as none moves any more.')
      .meta({ title: 'Rounds' }),
  }),
  example: { k: 5 },
});
