import * as z from 'zod';
import { catalogueWishShape } from './catalogue-words.ts';
import { compositeSchema } from './composite.ts';
import { rasterIndexSchema } from './raster-index.ts';
import { jobSchema } from './job.ts';
import { pictureWishSchema } from './raster-picture.ts';
import { overviewRuleSchema, rasterCompressionSchema } from './raster-work.ts';
import { strategySchema } from './strategy.ts';
import { webhookCreatedSchema, webhookRequestSchema } from './webhook.ts';

/** Scenes of one product. */
export const MAX_SCENES = 1000;
/** Characters of the name of a product. */
export const MAX_PRODUCT_NAME = 200;

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(64);

/** A raster: an uploaded image, or a file on a web server that gives parts of files. */
export const rasterWishSchema = z.union([
  z.strictObject({ image: id }),
  z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) }),
]);
export type RasterWish = Readonly<z.infer<typeof rasterWishSchema>>;

/** A band of a raster, and how its samples become physical values, where the file should not be asked. */
export const bandWishSchema = z.strictObject({
  raster: rasterWishSchema,
  band: z.int().min(1).default(1).describe('Number of the band in its file, from 1.'),
  scale: z.number().optional().describe('Physical value = sample × scale + offset. Default: what the file says.'),
  offset: z.number().optional(),
});
export type BandWish = Readonly<z.infer<typeof bandWishSchema>>;

const indexWishSchema = z.strictObject({
  kind: z.literal('index'),
  index: rasterIndexSchema,
  bands: z.record(name, bandWishSchema).describe('A band for each name of the index or the expression.'),
});

const compositeWishSchema = z.strictObject({
  kind: z.literal('composite'),
  composite: compositeSchema,
  scenes: z.array(rasterWishSchema).min(1).max(MAX_SCENES),
  bands: z.array(z.int().min(1)).min(1).max(32).default([1, 2, 3]).describe('Bands of each scene, from 1.'),
  maskBand: z.int().min(1).optional().describe('Band of each scene that says what is clear, from 1.'),
  window: z
    .tuple([z.int().min(0), z.int().min(0), z.int().min(1), z.int().min(1)])
    .optional()
    .describe('`[x, y, width, height]` in pixels of the scenes; default: all of them.'),
  allowMissing: z
    .boolean()
    .default(false)
    .describe(
      'Leave out scenes that can not be read any more: the result says that it is partial. Otherwise the job fails.',
    ),
});

/** How a product is stored. */
export const productOutputSchema = z.strictObject({
  compression: rasterCompressionSchema.default('deflate'),
  overviews: overviewRuleSchema.optional().describe('Default `average`; `nearest` for counts.'),
  picture: pictureWishSchema.optional().describe('A PNG beside the raster, and the legend of its colours.'),
});

/** `POST /products`: one raster made of others. */
export const productRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(MAX_PRODUCT_NAME).optional(),
  ...catalogueWishShape,
  product: z.discriminatedUnion('kind', [indexWishSchema, compositeWishSchema]),
  output: productOutputSchema.prefault({}),
  strategy: strategySchema.default('balanced'),
  reuse: z
    .boolean()
    .default(true)
    .describe('Answer with an equal finished product if there is one; never where a raster is given by its address.'),
  webhook: webhookRequestSchema.optional(),
});
export type ProductRequest = Readonly<z.infer<typeof productRequestSchema>>;
export type IndexWish = Readonly<z.infer<typeof indexWishSchema>>;
export type CompositeWish = Readonly<z.infer<typeof compositeWishSchema>>;

/** The answer to `POST /products`. */
export const productCreatedSchema = z.object({ job: jobSchema, webhook: webhookCreatedSchema.optional() });
