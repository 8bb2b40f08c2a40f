import { catalogueEntryKindSchema, catalogueKindSchema, outlineSchema, resultFactsSchema } from '@tessera/contracts';
import { z } from 'zod';
import type { CatalogueEntryRow, CatalogueProductRow } from './catalogue-store.ts';
import type { Row } from './database.ts';
import { date, flag, integer, nullable, parsed, text } from './row.ts';

const address = z.string();
const productFactsSchema = z.object({
  index: z.string().nullable(),
  epsg: z.int(),
  resolution: z.number(),
  width: z.int(),
  height: z.int(),
  links: z
    .object({
      cog: address,
      picture: address.nullable(),
      legend: address.nullable(),
      legendData: address.nullable(),
    })
    .optional(),
  outline: outlineSchema,
});
const entryFactsSchema = z.object({
  link: address.optional(),
  product: z.string().optional(),
  outline: outlineSchema,
});

const ITEM = `t.id, t.place, t.origin, t.revision, t.visitor, t.shared, t.gone, t.seq, t.name, t.description, t.creator, t.kind, t.facts,
  t.created_at, t.changed_at`;

/** `select … from …` of products with the files of their jobs; the products are `t`. */
export const SELECT_PRODUCTS = `
  select ${ITEM}, t.job, t.starts_at, t.ends_at, j.result
  from catalogue_products t
  left join jobs j on j.id = t.job`;

/** `select … from …` of entries; they are `t`. */
export const SELECT_ENTRIES = `select ${ITEM}, t.image from catalogue_entries t`;

function item(row: Row) {
  return {
    id: text(row, 'id'),
    place: integer(row, 'place'),
    origin: nullable(text, row, 'origin'),
    visitor: nullable(text, row, 'visitor'),
    shared: flag(row, 'shared'),
    name: text(row, 'name'),
    description: text(row, 'description'),
    creator: text(row, 'creator'),
    createdAt: date(row, 'created_at'),
    changedAt: date(row, 'changed_at'),
  };
}

export function parseProduct(row: Row): CatalogueProductRow {
  const { outline, ...facts } = parsed(productFactsSchema, row, 'facts');
  return {
    ...item(row),
    kind: parsed(catalogueKindSchema, row, 'kind'),
    outline,
    facts,
    startsAt: nullable(date, row, 'starts_at'),
    endsAt: nullable(date, row, 'ends_at'),
    job: nullable(text, row, 'job'),
    result: parsed(resultFactsSchema.nullable(), row, 'result'),
  };
}

export function parseEntry(row: Row): CatalogueEntryRow {
  const { outline, ...facts } = parsed(entryFactsSchema, row, 'facts');
  return {
    ...item(row),
    kind: parsed(catalogueEntryKindSchema, row, 'kind'),
    outline,
    facts,
    image: nullable(text, row, 'image'),
  };
}
