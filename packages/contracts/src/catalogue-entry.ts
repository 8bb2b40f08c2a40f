import * as z from 'zod';
import {
  catalogueCreatorSchema,
  catalogueDescriptionSchema,
  catalogueNameSchema,
  catalogueShareSchema,
} from './catalogue-words.ts';
import { bboxSchema, geometrySchema, positionSchema } from './geojson.ts';

/** Entries that one visitor may keep. */
export const MAX_CATALOGUE_ENTRIES = 1000;

export const catalogueEntryKindSchema = z.enum(['point', 'rectangle', 'image']);
export type CatalogueEntryKind = z.infer<typeof catalogueEntryKindSchema>;

const words = {
  name: catalogueNameSchema,
  description: catalogueDescriptionSchema.default(''),
  creator: catalogueCreatorSchema.default(''),
  share: catalogueShareSchema.default(false),
};

const cornersSchema = z
  .tuple([positionSchema, positionSchema, positionSchema, positionSchema])
  .readonly()
  .describe('Where the corners of the image lie: upper left, upper right, lower right, lower left.');

const idSchema = z.string().min(1).max(64);

/** What an image entry shows: an uploaded picture, or the picture of a product. */
export const entryImageWishSchema = z.union([
  z.strictObject({ image: idSchema.describe('Id of an uploaded PNG, JPEG, WebP, AVIF or GIF.') }),
  z.strictObject({ product: idSchema.describe('Id of a product of the catalogue that has a picture.') }),
]);

/** `POST /catalogue/entries`. */
export const newCatalogueEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('point'), ...words, point: positionSchema }),
  z.strictObject({ kind: z.literal('rectangle'), ...words, bbox: bboxSchema }),
  z.strictObject({ kind: z.literal('image'), ...words, corners: cornersSchema, source: entryImageWishSchema }),
]);
export type NewCatalogueEntry = Readonly<z.infer<typeof newCatalogueEntrySchema>>;

/** `PATCH /catalogue/entries/:entry`: what is given replaces what was; kind and image stay. */
export const catalogueEntryChangeSchema = z
  .strictObject({
    name: catalogueNameSchema,
    description: catalogueDescriptionSchema,
    creator: catalogueCreatorSchema,
    share: catalogueShareSchema,
    point: positionSchema.describe('Of a point only.'),
    bbox: bboxSchema.describe('Of a rectangle only.'),
    corners: cornersSchema.describe('Of an image only.'),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change');
export type CatalogueEntryChange = Readonly<z.infer<typeof catalogueEntryChangeSchema>>;

/** A point, a rectangle or an image that somebody put on the map. */
export const catalogueEntrySchema = z.object({
  id: z.string(),
  kind: catalogueEntryKindSchema,
  name: z.string(),
  description: z.string(),
  creator: z.string(),
  geometry: geometrySchema,
  bbox: bboxSchema,
  corners: cornersSchema.nullable().describe('Of an image; `null` for other kinds.'),
  image: z.string().nullable().describe('Address of the picture of an image entry: absolute for those of other sites.'),
  product: z.string().nullable().describe('The product whose picture that is, if it is one’s.'),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  site: z.string().nullable().describe('The site it comes from; `null`: this one.'),
  shared: z.boolean(),
  own: z.boolean().describe('Whether the asking visitor may change it.'),
});
export type CatalogueEntry = Readonly<z.infer<typeof catalogueEntrySchema>>;

export const catalogueEntryListSchema = z.object({
  entries: z.array(catalogueEntrySchema),
  next: z.string().nullable().describe('`cursor` of the next page; `null` after the last.'),
});

/** Entries as GeoJSON. */
export const catalogueEntryFeaturesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: geometrySchema,
      bbox: bboxSchema,
      properties: catalogueEntrySchema.omit({ id: true, geometry: true, bbox: true }),
    }),
  ),
  next: z.string().nullable(),
});
