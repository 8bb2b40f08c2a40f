import * as z from 'zod';
import { depthSchema } from './depth.ts';
import { tilesRequestSchema, tilesSchema } from './tiles.ts';

export const outputFormatSchema = z.enum(['png', 'jpeg', 'webp', 'avif', 'tiff']);
export type OutputFormat = z.infer<typeof outputFormatSchema>;

/** How a result is encoded, as people ask for it. */
export const outputRequestSchema = z.strictObject({
  format: outputFormatSchema,
  quality: z.int().min(1).max(100).optional().describe('JPEG, WebP, AVIF: 1–100. Default 85 (AVIF 60).'),
  subsampling: z.enum(['4:2:0', '4:4:4']).optional().describe('JPEG chroma subsampling. Default 4:2:0.'),
  metadata: z
    .enum(['strip', 'keep'])
    .optional()
    .describe('Whether EXIF and the like of the source are kept. Default strip.'),
  depth: z
    .union([z.literal('keep'), z.literal(8)])
    .optional()
    .describe(
      'Bits per channel. keep: an image of 16 is worked on in 16, and PNG and TIFF are written so. 8: it is reduced before the first step (its upper 8 bits are kept), so that every operation is possible. Default keep.',
    ),
  tiles: tilesRequestSchema
    .optional()
    .describe('A pyramid of tiles instead of one file: PNG, JPEG or WebP. They carry no metadata.'),
  thumbnails: z
    .array(z.int().min(16).max(4096))
    .min(1)
    .max(12)
    .optional()
    .describe(
      'Several files instead of one: the longest side of each in pixels. Each is what a last step `resize` to that width and ' +
        'height makes, `inside`, without enlarging. They carry no metadata.',
    ),
});
export type OutputRequest = Readonly<z.infer<typeof outputRequestSchema>>;

/** How a result is encoded, every choice made. */
export const outputSchema = z.object({
  format: outputFormatSchema,
  quality: z.int().min(1).max(100),
  subsampling: z.enum(['4:2:0', '4:4:4']),
  metadata: z.enum(['strip', 'keep']),
  width: z.int().min(1),
  height: z.int().min(1),
  channels: z.int().min(1).max(4),
  /** Bits of a sample in the file. Absent: 8. */
  depth: depthSchema.optional(),
  /** Side of a TIFF tile in pixels, a multiple of 16. */
  tile: z.int().min(16),
  /** The result is a pyramid of tiles of the format. */
  tiles: tilesSchema.optional(),
  /** The result is several files: their longest sides, the largest first. `width` and `height` are those of the first. */
  thumbnails: z.array(z.int().min(1)).optional(),
});
export type Output = Readonly<z.infer<typeof outputSchema>>;
