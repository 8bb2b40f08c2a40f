import * as z from 'zod';

/**
 * Ramps of colours for one band, from its low to its high values. All but `nipy-spectral` are even to the eye and can be
 * read with any colour vision.
 */
export const paletteSchema = z.enum([
  'vegetation',
  'snow',
  'water',
  'built-up',
  'viridis',
  'cividis',
  'magma',
  'greys',
  'nipy-spectral',
]);
export type Palette = z.infer<typeof paletteSchema>;

const number = z.number();

/** Which values become the first and the last colour, or 0 and 255. */
export const stretchSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('fixed'), low: number, high: number })
    .refine(({ low, high }) => low < high, { path: ['high'], message: 'The upper end has to be above the lower end.' }),
  /** The least and the greatest value of the whole raster. */
  z.strictObject({ kind: z.literal('extremes') }),
  /** The values below which these parts of all measured samples of the whole raster lie, in per cent. */
  z
    .strictObject({
      kind: z.literal('percentiles'),
      low: z.number().min(0).max(100).default(2),
      high: z.number().min(0).max(100).default(98),
    })
    .refine(({ low, high }) => low < high, { path: ['high'], message: 'The upper end has to be above the lower end.' }),
]);
export type Stretch = Readonly<z.infer<typeof stretchSchema>>;

/** What the colours of a picture mean, for drawing beside it. */
export const legendSchema = z.object({
  title: z.string(),
  /** Empty where values have none. */
  unit: z.string(),
  palette: paletteSchema,
  low: number,
  high: number,
  /** From `low` to `high` at even steps, both included: enough of them that colours between may be blended. */
  colours: z.array(z.string().regex(/^#[0-9a-f]{6}$/)).min(2),
  /** Round values between `low` and `high`, ascending, with as many digits as tell them apart. */
  ticks: z.array(z.object({ value: number, label: z.string() })),
});
export type Legend = Readonly<z.infer<typeof legendSchema>>;
