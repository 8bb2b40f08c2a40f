import * as z from 'zod';
import { connectivity } from './connectivity.ts';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';

export const connectedComponents = define({
  op: 'connected-components',
  title: 'Connected components',
  description:
    'Finds the objects that stand out from the background, each in a colour of its own, and tells area, box and centre of each, as JSON.',
  category: 'analysis',
  params: z.strictObject({
    level: z
      .int()
      .min(0)
      .max(254)
      .default(127)
      .describe(inLevels('Gray level above which a pixel is bright; 0 takes all that is not black.'))
      .meta({ title: 'Gray level' }),
    objects: z
      .enum(['bright', 'dark'])
      .default('bright')
      .describe('Whether objects are bright on a dark background, or dark.')
      .meta({ title: 'Objects' }),
    connectivity: connectivity(8),
    least: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1)
      .describe('Objects of fewer pixels are left out.')
      .meta({ title: 'Least area', unit: 'px' }),
  }),
  example: { level: 90, objects: 'dark', least: 12 },
});
