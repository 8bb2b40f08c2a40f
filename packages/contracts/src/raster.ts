import * as z from 'zod';

/** Types of samples that rasters may have. */
export const sampleTypeSchema = z.enum(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64']);
export type SampleType = z.infer<typeof sampleTypeSchema>;

/** The value that stands for "nothing was measured here"; JSON has no number for NaN. */
export const nodataSchema = z.union([z.number(), z.literal('nan')]);
export type Nodata = z.infer<typeof nodataSchema>;

/**
 * From pixels to the world, in the order of GDAL's geotransform `[x0, dx, rx, y0, ry, dy]`: the upper left corner of
 * pixel (column, row) is at `x0 + column * dx + row * rx`, `y0 + column * ry + row * dy`, in units of the reference system.
 */
export const geoTransformSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])
  .readonly();
export type GeoTransform = Readonly<z.infer<typeof geoTransformSchema>>;

/** One band as its file describes it: physical value = sample × `scale` + `offset`. */
export const bandFactsSchema = z.object({
  name: z.string().nullable(),
  scale: z.number(),
  offset: z.number(),
});
export type BandFacts = Readonly<z.infer<typeof bandFactsSchema>>;

/** What the header of a raster tells. */
export const rasterFactsSchema = z.object({
  width: z.int().min(1),
  height: z.int().min(1),
  type: sampleTypeSchema,
  /** What was measured; an alpha band is none of them. */
  bands: z.array(bandFactsSchema).min(1),
  nodata: nodataSchema.nullable(),
  /** Whether a mask beside the samples, or an alpha band, says where there is data. */
  mask: z.enum(['none', 'mask', 'alpha']),
  /** EPSG code of the reference system; `null` where there is none or no code for it. */
  epsg: z.int().nullable(),
  transform: geoTransformSchema.nullable(),
  /** Blocks in which samples are stored. */
  tile: z.object({ width: z.int().min(1), height: z.int().min(1) }),
  /** Smaller copies, the largest first. */
  overviews: z.array(z.object({ width: z.int().min(1), height: z.int().min(1) })),
});
export type RasterFacts = Readonly<z.infer<typeof rasterFactsSchema>>;
