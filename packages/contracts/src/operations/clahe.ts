import * as z from 'zod';
import { define } from './definition.ts';

const tiles = (title: string, description: string) =>
  z.int().min(1).max(32).default(8).describe(description).meta({ title });

export const clahe = define({
  op: 'clahe',
  title: 'Local contrast (CLAHE)',
  description:
    'Spreads the levels of each part of the image over the whole range, but not beyond a limit: shows what is hidden in shadows and haze.',
  category: 'tone and colour',
  params: z.strictObject({
    limit: z
      .number()
      .min(0)
      .max(100)
      .default(2)
      .describe('How many times as often as on average a level may count: the more, the stronger; 0 is without limit.')
      .meta({ title: 'Limit' }),
    across: tiles('Tiles across', 'Number of parts from left to right (1–32).'),
    down: tiles('Tiles down', 'Number of parts from top to bottom (1–32).'),
  }),
  example: { limit: 4 },
});
