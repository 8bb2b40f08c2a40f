import { areasOf, turnsOf } from '../catalogue-area.ts';
import { parseEntry, parseProduct, SELECT_ENTRIES, SELECT_PRODUCTS } from '../catalogue-row.ts';
import type {
  CatalogueEntryRow,
  CatalogueProductQuery,
  CatalogueProductRow,
  CatalogueQuery,
} from '../catalogue-store.ts';
import type { Parameter, Queryable, Row } from '../database.ts';

type Table = 'catalogue_products' | 'catalogue_entries';

/** A page of shared products and the visitor's own, newest first. */
export async function searchProducts(
  database: Queryable,
  query: CatalogueProductQuery,
): Promise<{ readonly products: readonly CatalogueProductRow[]; readonly next: number | null }> {
  const rows = await search(database, 'catalogue_products', SELECT_PRODUCTS, query);
  const products = rows.slice(0, query.limit).map(parseProduct);
  return { products, next: rows.length > query.limit ? (products.at(-1)?.place ?? null) : null };
}

/** A page of shared entries and the visitor's own, newest first. */
export async function searchEntries(
  database: Queryable,
  query: CatalogueQuery,
): Promise<{ readonly entries: readonly CatalogueEntryRow[]; readonly next: number | null }> {
  const rows = await search(database, 'catalogue_entries', SELECT_ENTRIES, query);
  const entries = rows.slice(0, query.limit).map(parseEntry);
  return { entries, next: rows.length > query.limit ? (entries.at(-1)?.place ?? null) : null };
}

/**
 * One row more than the limit, where there are more. Where an area is asked for, the rows are found by it first: the planner
 * has no figures of polygons, and would rather walk through all rows in the order of the answer.
 */
async function search(
  database: Queryable,
  table: Table,
  select: string,
  query: CatalogueProductQuery,
): Promise<readonly Row[]> {
  const { visitor, own = false, bbox, shapes, text, creator, kinds, ids, limit, before, index, from, to } = query;
  const parameters: Parameter[] = [];
  const bind = (value: Parameter): string => `$${String(parameters.push(value))}`;
  const conditions = ['not t.gone'];
  const asker = visitor === null ? undefined : `t.visitor = ${bind(visitor)}`;
  if (own) conditions.push(asker ?? 'false');
  else conditions.push(asker === undefined ? 't.shared' : `(t.shared or ${asker})`);
  if (bbox !== undefined) {
    conditions.push(
      `(${areasOf(bbox)
        .map((area) => `t.area && ${bind(area)}::polygon`)
        .join(' or ')})`,
    );
  }
  if (shapes !== undefined) {
    // What lies within a hole meets nothing of the area around it.
    const meets = shapes.flatMap(({ outline, holes }) =>
      turnsOf(outline).map((area, turn) => {
        const within = holes.map((hole) => `and not ${bind(turnsOf(hole, outline)[turn] ?? null)}::polygon @> t.area`);
        return [`t.area && ${bind(area)}::polygon`, ...within].join(' ');
      }),
    );
    conditions.push(`(${meets.join(' or ')})`);
  }
  if (text !== undefined) {
    const pattern = bind(`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(t.name ilike ${pattern} or t.description ilike ${pattern} or t.creator ilike ${pattern})`);
  }
  if (creator !== undefined) conditions.push(`t.creator = ${bind(creator)}`);
  if (kinds !== undefined) conditions.push(`t.kind = any(${bind(kinds)}::text[])`);
  if (ids !== undefined) conditions.push(`t.id = any(${bind(ids)}::text[])`);
  if (index !== undefined) conditions.push(`t.facts ->> 'index' = ${bind(index)}`);
  if (from !== undefined)
    conditions.push(`coalesce(t.ends_at, t.starts_at, t.created_at) >= ${bind(from)}::timestamptz`);
  if (to !== undefined) conditions.push(`coalesce(t.starts_at, t.ends_at, t.created_at) <= ${bind(to)}::timestamptz`);
  if (before !== undefined) conditions.push(`t.place < ${bind(before)}::bigint`);
  const found = `select t.place from ${table} t where ${conditions.join(' and ')}`;
  const page = `order by place desc limit ${bind(limit + 1)}::integer`;
  return database.query(
    bbox === undefined && shapes === undefined
      ? `with page as (${found} ${page}) ${select} join page on page.place = t.place order by t.place desc`
      : `with hit as materialized (${found}), page as (select place from hit ${page})
        ${select} join page on page.place = t.place order by t.place desc`,
    parameters,
  );
}
