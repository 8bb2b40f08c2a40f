import * as z from 'zod';

/** Sides of a tile in pixels: powers of two, so that tiles of all levels lie on the lines of regions. */
export const TILE_SIDES = [128, 256, 512, 1024] as const;

const tileSideSchema = z.union(TILE_SIDES.map((side) => z.literal(side)));

/**
 * How a pyramid of tiles is laid out: `dzi`, Deep Zoom of Microsoft, down to a single pixel; `iiif`, IIIF Image API 3 level
 * 0, down to the first level that is one tile.
 */
export const tileLayoutSchema = z.enum(['dzi', 'iiif']);
export type TileLayout = z.infer<typeof tileLayoutSchema>;

/** A result as tiles of a pyramid, as people ask for it; the format of the output is that of the tiles. */
export const tilesRequestSchema = z.strictObject({
  layout: tileLayoutSchema,
  size: tileSideSchema.optional().describe('Side of a tile in pixels. Default 256.'),
  overlap: z
    .int()
    .min(0)
    .max(16)
    .optional()
    .describe('Pixels that a tile repeats of each neighbour: dzi only. Default 0.'),
});

/** The same, every choice made. */
export const tilesSchema = z.object({
  layout: tileLayoutSchema,
  size: tileSideSchema,
  overlap: z.int().min(0),
});
export type Tiles = Readonly<z.infer<typeof tilesSchema>>;
