import * as z from 'zod';
import { catalogueWishShape } from './catalogue-words.ts';
import { jobSchema } from './job.ts';
import { MAX_PRODUCT_NAME, productOutputSchema } from './product.ts';
import { rasterIndexSchema } from './raster-index.ts';
import { resamplingSchema } from './resampling.ts';
import { strategySchema } from './strategy.ts';
import { webhookCreatedSchema, webhookRequestSchema } from './webhook.ts';

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);
const collection = z.string().min(1).max(200);
const endpoint = z.string().min(1).max(64);
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * What a pixel is where scenes lie over each other: `first`: that of the newest scene that has one; `least-cloudy`: that
 * of the scene with the least cloud cover; `median`: of each band by itself, the upper of two.
 */
export const mosaicRuleSchema = z.enum(['first', 'least-cloudy', 'median']);
export type MosaicRule = z.infer<typeof mosaicRuleSchema>;

/** `POST /mosaics`: a product of the scenes that a catalogue has for a place and a time. */
export const mosaicRequestSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(MAX_PRODUCT_NAME).optional(),
    description: catalogueWishShape.description,
    creator: catalogueWishShape.creator,
    share: catalogueWishShape.share,
    corners: z
      .tuple([z.tuple([longitude, latitude]), z.tuple([longitude, latitude])])
      .optional()
      .describe(
        'Two opposite corners of the area, each `[longitude, latitude]` in degrees of WGS 84; of both ways round the earth the shorter one.',
      ),
    bbox: z
      .tuple([longitude, latitude, longitude, latitude])
      .optional()
      .describe(
        'The area as `[west, south, east, north]`, across the 180th meridian where west is greater; either this or `corners`.',
      ),
    dateRange: z
      .strictObject({ from: moment, to: moment })
      .describe('Days, both included, or moments. When the scenes were taken.'),
    collection: collection.describe('One that `GET /mosaics/collections` lists.'),
    endpoint: endpoint.optional().describe('Catalogue that has it; needed where several do.'),
    maxCloudCover: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('Greatest part of a scene that is cloudy, in percent.'),
    what: z
      .union([z.literal('rgb'), rasterIndexSchema])
      .describe('`rgb`, an index, or an expression over the names of bands.'),
    rule: mosaicRuleSchema.default('first'),
    resolution: z
      .number()
      .positive()
      .optional()
      .describe('Side of a pixel in units of the reference system: metres, or degrees. Default: that of the scenes.'),
    epsg: z
      .int()
      .min(1024)
      .max(32_766)
      .optional()
      .describe('Reference system. Default: that of the scenes if all have the same, else the UTM zone of the centre.'),
    resampling: resamplingSchema.default('bilinear'),
    allowMissing: z
      .boolean()
      .default(false)
      .describe('Leave out scenes that can not be read: the result says that it is partial. Otherwise the job fails.'),
    output: productOutputSchema.prefault({}),
    strategy: strategySchema.default('balanced'),
    webhook: webhookRequestSchema.optional(),
  })
  .refine(({ corners, bbox }) => (corners === undefined) !== (bbox === undefined), {
    message: 'Give either corners or bbox.',
    path: ['corners'],
  });
export type MosaicRequest = Readonly<z.infer<typeof mosaicRequestSchema>>;

/** A scene that a mosaic is made of. */
export const mosaicSceneSchema = z.object({
  /** Id of its item in the catalogue. */
  id: z.string(),
  datetime: z.iso.datetime().nullable(),
  /** Percent; `null` where the catalogue does not say. */
  cloudCover: z.number().nullable(),
});
export type MosaicScene = Readonly<z.infer<typeof mosaicSceneSchema>>;

/** The answer to `POST /mosaics`. */
export const mosaicCreatedSchema = z.object({
  job: jobSchema,
  /** In the order in which the rule asks them. */
  scenes: z.array(mosaicSceneSchema),
  webhook: webhookCreatedSchema.optional(),
});
export type MosaicCreated = Readonly<z.infer<typeof mosaicCreatedSchema>>;

/** A collection of scenes that mosaics can be made of. */
export const mosaicCollectionSchema = z.object({
  id: collection,
  /** Name of the catalogue that has it. */
  endpoint,
  title: z.string().nullable(),
  description: z.string(),
  /** West, south, east, north; `null` where the catalogue does not say. */
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** First and last scene; `null`: open, or not said. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type MosaicCollection = Readonly<z.infer<typeof mosaicCollectionSchema>>;

/** `GET /mosaics/collections`. */
export const mosaicCollectionListSchema = z.object({
  collections: z.array(mosaicCollectionSchema),
  /** Names of the catalogues that do not answer now. */
  unavailable: z.array(endpoint),
  /** Pixels of the largest mosaic that is made. */
  maxPixels: z.int().min(1),
});
export type MosaicCollectionList = Readonly<z.infer<typeof mosaicCollectionListSchema>>;
