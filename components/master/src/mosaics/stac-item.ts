import { z } from 'zod';

const text = z.string().max(4096);
const number = z.number().nullish();

/** A band of an asset, as STAC 1.0's `eo:bands` and `raster:bands` and STAC 1.1's `bands` describe it. */
const bandSchema = z.looseObject({
  name: text.nullish(),
  common_name: text.nullish(),
  'eo:common_name': text.nullish(),
  scale: number,
  offset: number,
  'raster:scale': number,
  'raster:offset': number,
  nodata: z.union([z.number(), z.string()]).nullish(),
});
export type StacBandFacts = z.infer<typeof bandSchema>;
const bands = z.array(bandSchema).max(1000).nullish();

const linkSchema = z.looseObject({
  rel: text,
  href: text,
  method: z.string().nullish(),
  body: z.record(z.string(), z.unknown()).nullish(),
  merge: z.boolean().nullish(),
});
export type StacLink = z.infer<typeof linkSchema>;
const links = z.array(linkSchema).max(1000).nullish();

export const stacAssetSchema = z.looseObject({
  href: text,
  type: text.nullish(),
  roles: z.array(text).nullish(),
  bands,
  'eo:bands': bands,
  'raster:bands': bands,
  nodata: z.union([z.number(), z.string()]).nullish(),
});
export type StacAsset = z.infer<typeof stacAssetSchema>;

/** One scene of a catalogue, as far as it is read. */
export const stacItemSchema = z.looseObject({
  id: z.string().min(1).max(500),
  properties: z.looseObject({
    datetime: text.nullish(),
    start_datetime: text.nullish(),
    'eo:cloud_cover': number,
  }),
  assets: z.record(z.string(), stacAssetSchema),
  links,
});
export type StacItem = z.infer<typeof stacItemSchema>;

/** A page of an answer to a search. */
export const stacSearchSchema = z.looseObject({ features: z.array(stacItemSchema), links });

const extent = z.looseObject({
  spatial: z.looseObject({ bbox: z.array(z.array(z.number())).nullish() }).nullish(),
  temporal: z.looseObject({ interval: z.array(z.array(text.nullish())).nullish() }).nullish(),
});

const collectionSchema = z.looseObject({
  id: z.string().min(1).max(200),
  title: z.string().nullish(),
  description: z.string().nullish(),
  extent: extent.nullish(),
});
export type StacCollection = z.infer<typeof collectionSchema>;

/** A page of the list of collections. */
export const stacCollectionsSchema = z.looseObject({ collections: z.array(collectionSchema), links });

/** The root of a catalogue: what of the API it knows. */
export const stacLandingSchema = z.looseObject({ conformsTo: z.array(text).nullish() });
