import * as z from 'zod';
import { paletteSchema, stretchSchema } from './palette.ts';

/** The picture that somebody asks for beside a raster. */
export const pictureWishSchema = z.strictObject({
  palette: paletteSchema
    .optional()
    .describe(
      'Default `greys`. Three bands of 8 bits, and of mosaics, are painted as red, green and blue where nothing is given here.',
    ),
  stretch: stretchSchema.optional().describe('Default: the percentiles 2 and 98.'),
  band: z.int().min(1).optional().describe('The band that is painted, from 1. Default 1.'),
});
export type PictureWish = Readonly<z.infer<typeof pictureWishSchema>>;

/** How the picture of a product is painted, every choice made. */
export const rasterPictureSchema = z.discriminatedUnion('kind', [
  /** Three bands as red, green and blue: of 8 bits as they are, or from one value to another. */
  z.object({ kind: z.literal('rgb'), range: z.object({ low: z.number(), high: z.number() }).optional() }),
  /** One band, from 0. */
  z.object({ kind: z.literal('band'), band: z.int().min(0), palette: paletteSchema, stretch: stretchSchema }),
]);
export type RasterPicture = Readonly<z.infer<typeof rasterPictureSchema>>;
