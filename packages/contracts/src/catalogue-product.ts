import * as z from 'zod';
import {
  catalogueCreatorSchema,
  catalogueDescriptionSchema,
  catalogueNameSchema,
  catalogueShareSchema,
} from './catalogue-words.ts';
import { bboxSchema, geometrySchema } from './geojson.ts';

export const catalogueKindSchema = z.enum(['index', 'composite', 'mosaic']);
export type CatalogueKind = z.infer<typeof catalogueKindSchema>;

const link = z.string().describe('Absolute for products of other sites, else from the root of this one.');

/** A finished product that lies somewhere on the earth. */
export const catalogueProductSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  creator: z.string(),
  kind: catalogueKindSchema,
  index: z.string().nullable().describe('The index it shows, or `expression`; `null` where it is none.'),
  footprint: geometrySchema.describe('Its grid in WGS 84; cut where it crosses the antimeridian.'),
  bbox: bboxSchema,
  epsg: z.int().describe('EPSG code of the reference system of its pixels.'),
  resolution: z.number().describe('Side of a pixel in metres, in the middle of the product.'),
  width: z.int(),
  height: z.int(),
  startTime: z.iso.datetime().nullable().describe('When its first scene was taken; `null` where that is not known.'),
  endTime: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  site: z.string().nullable().describe('The site it comes from; `null`: this one.'),
  shared: z.boolean(),
  own: z.boolean().describe('Whether the asking visitor may change it.'),
  links: z.object({
    cog: link,
    picture: link.nullable(),
    legend: link.nullable().describe('Drawn, as SVG.'),
    legendData: link.nullable().describe('As JSON.'),
    job: link.nullable().describe('Told to its owner only: whoever knows a job may use it.'),
  }),
});
export type CatalogueProduct = Readonly<z.infer<typeof catalogueProductSchema>>;

/** `PATCH /catalogue/products/:product`: what is given replaces what was. */
export const catalogueProductChangeSchema = z
  .strictObject({
    name: catalogueNameSchema,
    description: catalogueDescriptionSchema,
    creator: catalogueCreatorSchema,
    share: catalogueShareSchema,
    startTime: z.iso.datetime({ offset: true }).nullable(),
    endTime: z.iso.datetime({ offset: true }).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change');
export type CatalogueProductChange = Readonly<z.infer<typeof catalogueProductChangeSchema>>;

export const catalogueProductListSchema = z.object({
  products: z.array(catalogueProductSchema),
  next: z.string().nullable().describe('`cursor` of the next page; `null` after the last.'),
});

/** Products as GeoJSON: the geometry is the footprint, the rest of the product its properties. */
export const catalogueProductFeaturesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: geometrySchema,
      bbox: bboxSchema,
      properties: catalogueProductSchema.omit({ id: true, footprint: true, bbox: true }),
    }),
  ),
  next: z.string().nullable(),
});
