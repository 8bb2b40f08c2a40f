import * as z from 'zod';
import { compositeSchema } from './composite.ts';
import { nodataSchema, geoTransformSchema, sampleTypeSchema } from './raster.ts';
import { rasterIndexSchema } from './raster-index.ts';
import { rasterPictureSchema } from './raster-picture.ts';
import { scalingSchema } from './reflectance.ts';
import { resamplingSchema } from './resampling.ts';
import { bandRefSchema } from './source-set.ts';

/** Compressions of a finished raster that lose nothing, and `jpeg` for pictures of 8 bits. */
export const rasterCompressionSchema = z.enum(['none', 'deflate', 'zstd', 'lzw', 'jpeg']);
export type RasterCompression = z.infer<typeof rasterCompressionSchema>;

/** How samples of an overview are made of those of the next finer level. */
export const overviewRuleSchema = z.enum(['average', 'nearest', 'mode']);
export type OverviewRule = z.infer<typeof overviewRuleSchema>;

/** What the windows of a product hold. */
export const rasterComputeSchema = z.discriminatedUnion('kind', [
  /** A value for each pixel out of the samples of some bands. */
  z.object({ kind: z.literal('index'), index: rasterIndexSchema, inputs: z.record(z.string(), bandRefSchema) }),
  /** A value for each pixel and band out of those of all sources, which lie over each other. Bands count from 0. */
  z.object({
    kind: z.literal('composite'),
    composite: compositeSchema,
    bands: z.array(z.int().min(0)).min(1),
    /** Band of each scene that the composite's rule for clear samples reads. */
    maskBand: z.int().min(0).optional(),
    /** Whether scenes that can not be read are left out; default: the job fails. */
    allowMissing: z.boolean().optional(),
  }),
  /** A value for each pixel and band, or for each pixel out of the bands, of scenes that are reprojected first. */
  z.object({
    kind: z.literal('mosaic'),
    /** `first`: of the first scene of the set that has one; `median`: of each band by itself, the upper of two. */
    rule: z.enum(['first', 'median']),
    resampling: resamplingSchema,
    /** Names of the bands that each scene of the set has. */
    bands: z.array(z.string()).min(1),
    /** What is computed of the mosaicked bands; absent: they are the product. */
    index: rasterIndexSchema.optional(),
    /** What is mosaicked: samples of this type, which mean the same in all scenes, or, without a scaling, physical values. */
    samples: z.object({ type: sampleTypeSchema, scaling: scalingSchema.nullable(), nodata: nodataSchema }),
    allowMissing: z.boolean(),
  }),
]);
export type RasterCompute = Readonly<z.infer<typeof rasterComputeSchema>>;

/** The grid on which a product lies, and its samples. Width and height are those of the plan's picture. */
export const rasterTargetSchema = z.object({
  type: sampleTypeSchema,
  bands: z.array(z.object({ name: z.string().nullable() })).min(1),
  nodata: nodataSchema.nullable(),
  epsg: z.int().nullable(),
  transform: geoTransformSchema.nullable(),
  /** Column and row of the sources at which the target begins; 0 where they are reprojected. */
  origin: z.object({ x: z.int().min(0), y: z.int().min(0) }),
});
export type RasterTarget = Readonly<z.infer<typeof rasterTargetSchema>>;

/** All that raster stages need besides the set of sources. */
export const rasterWorkSchema = z.object({
  compute: rasterComputeSchema,
  target: rasterTargetSchema,
  /** Rasters in the set of sources. */
  sources: z.int().min(1),
  cog: z.object({
    /** Samples per band that one task holds, about: regions follow from it. */
    windowPixels: z.int().min(1),
    tile: z.int().min(16),
    compression: rasterCompressionSchema,
    level: z.int().min(0).max(22),
    overviews: overviewRuleSchema,
  }),
  /** The picture beside the raster, where one is wanted. */
  picture: rasterPictureSchema.optional(),
});
export type RasterWork = Readonly<z.infer<typeof rasterWorkSchema>>;

const tasks = z.int().min(1);

/** The first raster stages, up to `cog`, each encode the tiles of some levels, from the finest on. */
export const rasterStageSchema = z.discriminatedUnion('kind', [
  /** One task per region computes its samples, encodes their tiles, and keeps a smaller copy for the stage after. */
  z.object({ kind: z.literal('window'), tasks }),
  /** One task per region of an overview encodes the tiles that no region of the stage before could finish. */
  z.object({ kind: z.literal('overview'), tasks }),
  /** One task joins all tiles to the finished file. */
  z.object({ kind: z.literal('cog'), tasks }),
  /** One task per region of the window stage observes what the finished raster has there, for a range of values. */
  z.object({ kind: z.literal('range'), tasks }),
  /** One task brings the search for the range forward by what the stage before observed. */
  z.object({ kind: z.literal('stretch'), tasks }),
  /** One task per band of rows paints a strip of the raster's picture. */
  z.object({ kind: z.literal('paint'), tasks }),
  /** One task joins the strips, and writes the legend: the raster and these are the job's result. */
  z.object({ kind: z.literal('picture'), tasks }),
]);
export type RasterStage = Readonly<z.infer<typeof rasterStageSchema>>;
