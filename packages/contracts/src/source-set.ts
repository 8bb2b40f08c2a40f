import * as z from 'zod';
import { scalingSchema } from './reflectance.ts';

/** Where the bytes of a raster are: an object of the site's own store, or a file on a web server, as it was when planned. */
export const rasterPlaceSchema = z.union([
  z.object({ key: z.string().min(1), bytes: z.int().min(1) }),
  z.object({
    url: z.string().min(1),
    bytes: z.int().min(1),
    /** ETag, or time of the last change; `null` if the server tells neither. */
    version: z.string().nullable(),
  }),
]);
export type RasterPlace = Readonly<z.infer<typeof rasterPlaceSchema>>;

/** One raster that a product is made of. */
export const rasterSourceSchema = z.object({
  /** Name for people: of the file, or of the scene. */
  name: z.string(),
  at: rasterPlaceSchema,
  /** The uploaded image, where it is one. */
  image: z.string().optional(),
});
export type RasterSource = Readonly<z.infer<typeof rasterSourceSchema>>;

/**
 * The rasters that a product is made of. The list is stored as an object and stands where the uploaded image stands in
 * other jobs, so that messages carry one reference however many scenes there are.
 */
export const sourceSetSchema = z.object({ v: z.literal(1), sources: z.array(rasterSourceSchema).min(1) });
export type SourceSet = Readonly<z.infer<typeof sourceSetSchema>>;

/** A band of a source of the set, and how its samples become physical values. */
export const bandRefSchema = z.object({
  source: z.int().min(0),
  /** From 0. */
  band: z.int().min(0),
  scaling: scalingSchema,
});
export type BandRef = Readonly<z.infer<typeof bandRefSchema>>;
