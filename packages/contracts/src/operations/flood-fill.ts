import * as z from 'zod';
import { colour } from './colour-parameter.ts';
import { connectivity } from './connectivity.ts';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';
import { readPoints } from './points.ts';

export const floodFill = define({
  op: 'flood-fill',
  title: 'Flood fill',
  description: 'Fills what is around a point and like it with one colour, as far as it reaches.',
  category: 'effect',
  params: z.strictObject({
    points: z
      .string()
      .max(400)
      .refine(
        (text) => readPoints(text) !== undefined,
        'must be 1 to 8 points “x y” in percent (0–100), separated by /',
      )
      .default('50 50')
      .describe('Where it begins: up to 8 points “x y” separated by /, in percent of the width and the height.')
      .meta({ title: 'Points', format: 'points' }),
    like: z
      .enum(['point', 'neighbour'])
      .default('point')
      .describe('What a pixel has to be like: the point where it began, or the neighbour that was filled before.')
      .meta({ title: 'Compared with' }),
    tolerance: z
      .int()
      .min(0)
      .max(255)
      .default(24)
      .describe(inLevels('Difference in levels that each channel may have.'))
      .meta({ title: 'Tolerance' }),
    connectivity: connectivity(4),
    colour: colour('#ff2d55', 'What it is filled with, as #rrggbb.'),
  }),
  example: { points: '65 15', tolerance: 40 },
});
