import { bboxTextSchema } from '@tessera/contracts';
import * as z from 'zod';
import { intersectsSchema } from '../catalogue/stac/intersects.ts';
import { intervalSchema } from '../catalogue/stac/interval.ts';
import { route } from '../http/route.ts';

const TAG = 'STAC';
/** Type of our OpenAPI document. */
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.1';

/** Items of one page. More than that are not refused but given page by page. */
const limit = z.coerce.number().int().min(1).default(10);
const token = z
  .string()
  .regex(/^\d{1,15}$/, 'is no token of this catalogue')
  .optional();
const list = z
  .string()
  .max(4000)
  .transform((text) => text.split(',').filter((part) => part !== ''));
const names = z.array(z.string().max(100)).max(500);

const geometryText = z
  .string()
  .max(100_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('must be a geometry as JSON');
      return z.NEVER;
    }
  })
  .pipe(intersectsSchema);
const ONE = { path: ['intersects'], message: 'Give either bbox or intersects.' };
const notBoth = ({ bbox, intersects }: { bbox?: unknown; intersects?: unknown }): boolean =>
  bbox === undefined || intersects === undefined;

/** What it finds is one or the other, as the STAC API says. */
const page = { bbox: bboxTextSchema.optional(), datetime: intervalSchema.optional(), limit, token };

export const stacItemsQuerySchema = z.object(page);
export const stacSearchQuerySchema = z
  .object({ ...page, ids: list.optional(), collections: list.optional(), intersects: geometryText.optional() })
  .refine(notBoth, ONE);
export const stacSearchSchema = z
  .object({
    bbox: z
      .array(z.number())
      .transform((numbers) => numbers.join(','))
      .pipe(bboxTextSchema)
      .optional(),
    datetime: intervalSchema.optional(),
    intersects: intersectsSchema.optional(),
    ids: names.optional(),
    collections: names.optional(),
    limit: z.int().min(1).default(10),
    token,
  })
  .refine(notBoth, ONE);

const links = z.array(z.looseObject({ rel: z.string(), href: z.string() }));
const itemSchema = z.looseObject({ type: z.literal('Feature'), id: z.string(), links });
const itemsSchema = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(itemSchema), links });
const collectionSchema = z.looseObject({ type: z.string(), id: z.string(), links });

const json = <Schema extends z.ZodType>(schema: Schema, description: string) =>
  ({ kind: 'json', status: 200, schema, description }) as const;

export const stacRoutes = {
  stacDescription: route({
    method: 'get',
    path: '/stac/api',
    tag: TAG,
    summary: 'The description of all calls',
    guards: [],
    answer: {
      kind: 'stream',
      status: 200,
      contentType: OPENAPI_TYPE,
      description: 'The OpenAPI document, with the type that the STAC API wants.',
    },
    errors: [],
  }),
  stacLandingPage: route({
    method: 'get',
    path: '/stac',
    tag: TAG,
    summary: 'The shared products as a STAC catalogue',
    description: 'STAC 1.1.0, STAC API 1.0.0. For pages of other sites, too; no cookie is read or set.',
    guards: [],
    answer: json(collectionSchema, 'The landing page.'),
    errors: [],
  }),
  stacConformance: route({
    method: 'get',
    path: '/stac/conformance',
    tag: TAG,
    summary: 'What of the STAC API is here',
    guards: [],
    answer: json(z.object({ conformsTo: z.array(z.string()) }), 'Conformance classes.'),
    errors: [],
  }),
  stacCollections: route({
    method: 'get',
    path: '/stac/collections',
    tag: TAG,
    summary: 'Indices, composites, mosaics',
    guards: [],
    answer: json(z.object({ collections: z.array(collectionSchema), links }), 'The collections.'),
    errors: [],
  }),
  stacCollection: route({
    method: 'get',
    path: '/stac/collections/:collection',
    tag: TAG,
    summary: 'A collection',
    guards: [],
    answer: json(collectionSchema, 'The collection.'),
    errors: ['NOT_FOUND'],
  }),
  stacItems: route({
    method: 'get',
    path: '/stac/collections/:collection/items',
    tag: TAG,
    summary: 'Items of a collection, newest first',
    query: stacItemsQuerySchema,
    guards: [],
    answer: json(itemsSchema, 'A page of them.'),
    errors: ['BAD_REQUEST', 'NOT_FOUND'],
  }),
  stacItem: route({
    method: 'get',
    path: '/stac/collections/:collection/items/:item',
    tag: TAG,
    summary: 'An item',
    guards: [],
    answer: json(itemSchema, 'The item.'),
    errors: ['NOT_FOUND'],
  }),
  stacSearch: route({
    method: 'get',
    path: '/stac/search',
    tag: TAG,
    summary: 'Items by place and time, newest first',
    query: stacSearchQuerySchema,
    guards: [],
    answer: json(itemsSchema, 'A page of them.'),
    errors: ['BAD_REQUEST'],
  }),
  stacPostSearch: route({
    method: 'post',
    path: '/stac/search',
    tag: TAG,
    summary: 'The same, asked by a body',
    body: stacSearchSchema,
    guards: [],
    answer: json(itemsSchema, 'A page of them.'),
    errors: ['BAD_REQUEST'],
  }),
  stacAskSearch: route({
    method: 'options',
    path: '/stac/search',
    tag: TAG,
    summary: 'What pages of other sites may ask',
    guards: [],
    answer: { kind: 'empty', status: 204, description: 'As headers.' },
    errors: [],
  }),
} as const;
