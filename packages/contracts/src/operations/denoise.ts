import * as z from 'zod';
import { define } from './definition.ts';

const side = (title: string, description: string, least: number, most: number, fallback: number) =>
  z
    .int()
    .min(least)
    .max(most)
    .refine((value) => value % 2 === 1, 'must be odd')
    .default(fallback)
    .describe(description)
    .meta({ title, unit: 'px', not: { multipleOf: 2 } });

export const nonLocalMeans = define({
  op: 'non-local-means',
  title: 'Non-local means',
  description: 'Removes noise and keeps texture: each pixel becomes the mean of pixels around which it looks alike.',
  category: 'filter',
  params: z.strictObject({
    strength: z
      .number()
      .min(0)
      .max(100)
      .default(10)
      .describe('Difference in levels up to which surroundings count as alike: the more, the smoother.')
      .meta({ title: 'Strength' }),
    template: side('Surroundings', 'Side of the squares that are compared, in pixels (odd, 3–9).', 3, 9, 7),
    search: side('Search', 'Side of the square that is searched for likes, in pixels (odd, 5–31).', 5, 31, 21),
  }),
  example: { strength: 25 },
});
