import * as z from 'zod';

/** Which pixels are neighbours. */
export const connectivity = (fallback: 4 | 8) =>
  z
    .union([z.literal(8), z.literal(4)])
    .default(fallback)
    .describe('Neighbours of a pixel: 8 with those at its corners, 4 without.')
    .meta({ title: 'Neighbours' });
