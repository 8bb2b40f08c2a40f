import * as z from 'zod';
import { catalogueEntryKindSchema } from './catalogue-entry.ts';
import { catalogueKindSchema } from './catalogue-product.ts';
import { catalogueCreatorSchema, catalogueDescriptionSchema, catalogueNameSchema } from './catalogue-words.ts';
import { outlineSchema } from './geojson.ts';

/** Name of a site among those that tell each other of their catalogues. */
export const catalogueSiteSchema = z
  .string()
  .regex(/^[a-z\d]([a-z\d.-]{0,61}[a-z\d])?$/, 'must be lower-case letters, digits, dots and hyphens, 63 at most');

/** Records in one request. */
export const MAX_CATALOGUE_RECORDS = 200;

const address = z.url({ protocol: /^https?$/ }).max(1000);
const id = z.string().regex(/^[\w-]{16,64}$/);
const words = {
  name: catalogueNameSchema,
  description: catalogueDescriptionSchema,
  creator: catalogueCreatorSchema,
  outline: outlineSchema,
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
};

/** What one site tells another of a product; addresses are absolute. */
export const productRecordSchema = z.object({
  ...words,
  kind: catalogueKindSchema,
  index: z.string().max(64).nullable(),
  epsg: z.int().min(1).max(1_000_000),
  resolution: z.number().positive(),
  width: z.int().min(1),
  height: z.int().min(1),
  startTime: z.iso.datetime().nullable(),
  endTime: z.iso.datetime().nullable(),
  links: z.object({
    cog: address,
    picture: address.nullable(),
    legend: address.nullable(),
    legendData: address.nullable(),
  }),
});
export type ProductRecord = Readonly<z.infer<typeof productRecordSchema>>;

/** What one site tells another of an entry. */
export const entryRecordSchema = z.object({
  ...words,
  kind: catalogueEntryKindSchema,
  image: address.nullable(),
  product: z.string().max(64).nullable(),
});
export type EntryRecord = Readonly<z.infer<typeof entryRecordSchema>>;

/** Which version of which thing of which site; a greater revision replaces a smaller one of the same site. */
const identity = { id, site: catalogueSiteSchema, revision: z.int().min(1) };

/** A thing of a catalogue as it is now; `null`: it is gone, or no longer shared. */
export const catalogueRecordSchema = z.discriminatedUnion('type', [
  z.object({ ...identity, type: z.literal('product'), product: productRecordSchema.nullable() }),
  z.object({ ...identity, type: z.literal('entry'), entry: entryRecordSchema.nullable() }),
]);
export type CatalogueRecord = Readonly<z.infer<typeof catalogueRecordSchema>>;

/** `GET /catalogue/changes`: what changed after a number, oldest first, each thing once, as it is now. */
export const catalogueChangesSchema = z.object({
  feed: z.string().describe('Names this catalogue; with another name the numbers begin anew.'),
  records: z.array(catalogueRecordSchema),
  next: z.int().describe('`after` of the next request.'),
  more: z.boolean().describe('Whether there is more already.'),
});
export type CatalogueChanges = Readonly<z.infer<typeof catalogueChangesSchema>>;

/** `POST /catalogue/records`: what a site tells a central one of its own things. */
export const catalogueRecordsSchema = z.strictObject({
  records: z.array(catalogueRecordSchema).min(1).max(MAX_CATALOGUE_RECORDS),
});

/** Its answer. */
export const catalogueRecordsTakenSchema = z.object({
  feed: z.string(),
  taken: z.int().describe('Records that were news.'),
});
