import * as z from 'zod';

/** A colour as #rrggbb. */
export const colour = (fallback: string, about: string) =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #3366cc')
    .default(fallback)
    .describe(about)
    .meta({ title: 'Colour', format: 'colour' });
