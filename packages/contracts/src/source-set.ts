import * as z from 'zod';
import { errorCodeSchema } from './error-code-schema.ts';
import { geoTransformSchema, rasterFactsSchema } from './raster.ts';
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
  /** Where its pixels lie; needed of those that are reprojected. */
  lies: rasterFactsSchema
    .pick({ width: true, height: true, overviews: true })
    .extend({
      epsg: z.int(),
      transform: geoTransformSchema,
    })
    .optional(),
  /**
   * Where windows are slow to read: key of a copy in tiles with the same samples, which whoever needs it first makes.
   */
  tiled: z.string().min(1).optional(),
});
export type RasterSource = Readonly<z.infer<typeof rasterSourceSchema>>;

/** A band of a source of the set, and how its samples become physical values. */
export const bandRefSchema = z.object({
  source: z.int().min(0),
  /** From 0. */
  band: z.int().min(0),
  scaling: scalingSchema,
});
export type BandRef = Readonly<z.infer<typeof bandRefSchema>>;

/** A band of a scene; `nodata` stands for "not measured" where the file itself names no such value. */
export const sceneBandSchema = bandRefSchema.extend({ nodata: z.number().optional() });
export type SceneBand = Readonly<z.infer<typeof sceneBandSchema>>;

/** What was measured at one pass over the earth: bands that may be of several sources. */
export const sceneSchema = z.object({
  name: z.string(),
  datetime: z.string().nullable(),
  /** Percent. */
  cloudCover: z.number().nullable(),
  /** By their names in the product. A scene that could not even be opened has none. */
  bands: z.record(z.string(), sceneBandSchema),
  /** Why it could not be opened. */
  missing: z.object({ code: errorCodeSchema, message: z.string() }).optional(),
});
export type Scene = Readonly<z.infer<typeof sceneSchema>>;

/**
 * The rasters that a product is made of. The list is stored as an object and stands where the uploaded image stands in
 * other jobs, so that messages carry one reference however many scenes there are.
 */
export const sourceSetSchema = z.object({
  v: z.literal(1),
  sources: z.array(rasterSourceSchema).min(1),
  /** Of a mosaic, in the order in which its rule asks them. */
  scenes: z.array(sceneSchema).optional(),
});
export type SourceSet = Readonly<z.infer<typeof sourceSetSchema>>;
