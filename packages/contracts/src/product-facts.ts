import * as z from 'zod';
import { geoTransformSchema, nodataSchema, sampleTypeSchema } from './raster.ts';
import { rasterCompressionSchema } from './raster-work.ts';

/** What a job makes that makes a raster of others. */
export const productFactsSchema = z.object({
  kind: z.string().describe('`index`, `composite`, `mosaic`, or a kind that is newer than the reader.'),
  index: z.string().optional().describe('Name of the index in the catalogue.'),
  expression: z.string().optional().describe('What an index computes, over the names of its bands.'),
  rule: z.string().optional().describe('How a composite or a mosaic chooses among its scenes.'),
  rasters: z.int().min(1).describe('Rasters that it is made of.'),
  type: sampleTypeSchema,
  bands: z.array(z.object({ name: z.string().nullable() })).min(1),
  nodata: nodataSchema.nullable().describe('The value that stands for "nothing was measured here".'),
  epsg: z.int().nullable().describe('EPSG code of the reference system.'),
  transform: geoTransformSchema.nullable().describe('From pixels to the reference system, as GDAL’s geotransform.'),
  unit: z.enum(['degree', 'metre']).nullable().describe('Unit of the reference system, where it is known.'),
  compression: rasterCompressionSchema,
  viewable: z.boolean().describe('Whether the result has, or will have, a picture to look at.'),
});
export type ProductFacts = Readonly<z.infer<typeof productFactsSchema>>;
