import type { CatalogueRecord } from '@tessera/contracts';
import { areaText } from '../catalogue-area.ts';
import type { Database, Parameter, Queryable } from '../database.ts';

/**
 * Takes over what other sites tell of their things. A row is changed only by the site it comes from, and only by what is
 * newer: so the same may be told again, late or in any order. Own things are never touched.
 */
export async function putRecords(database: Database, records: readonly CatalogueRecord[]): Promise<number> {
  return database.transaction(async (transaction) => {
    let news = 0;
    // In one order, so that two who tell the same do not wait for each other.
    for (const record of records.toSorted((a, b) => (a.id < b.id ? -1 : 1))) news += await put(transaction, record);
    return news;
  });
}

async function put(transaction: Queryable, record: CatalogueRecord): Promise<number> {
  const { table, values } = record.type === 'product' ? productValues(record) : entryValues(record);
  const columns = Object.keys(values);
  const bound = Object.values(values);
  const rows = await transaction.query(
    `insert into ${table} (${columns.join(', ')})
    values (${columns.map((_, n) => `$${String(n + 1)}`).join(', ')})
    on conflict (id) do update set
      ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}, seq = null
    where ${table}.origin = excluded.origin and ${table}.revision < excluded.revision
    returning id`,
    bound,
  );
  return rows.length;
}

type Values = Readonly<Record<string, Parameter>>;

function productValues({ id, site, revision, product }: Extract<CatalogueRecord, { type: 'product' }>) {
  const { index, epsg, resolution, width, height, links, outline } = product ?? {};
  const facts = { index, epsg, resolution, width, height, links, outline };
  const values: Values = {
    ...common({ id, site, revision }, product, facts),
    starts_at: product?.startTime ?? null,
    ends_at: product?.endTime ?? null,
  };
  return { table: 'catalogue_products', values };
}

function entryValues({ id, site, revision, entry }: Extract<CatalogueRecord, { type: 'entry' }>) {
  const facts = {
    outline: entry?.outline,
    link: entry?.image ?? undefined,
    product: entry?.product ?? undefined,
  };
  return { table: 'catalogue_entries', values: common({ id, site, revision }, entry, facts) };
}

function common(
  { id, site, revision }: Pick<CatalogueRecord, 'id' | 'site' | 'revision'>,
  thing: NonNullable<
    Extract<CatalogueRecord, { type: 'product' }>['product'] | Extract<CatalogueRecord, { type: 'entry' }>['entry']
  > | null,
  facts: object,
): Values {
  return {
    id,
    origin: site,
    revision,
    shared: thing !== null,
    told: true,
    gone: thing === null,
    name: thing?.name ?? '',
    description: thing?.description ?? '',
    creator: thing?.creator ?? '',
    kind: thing?.kind ?? '',
    area: thing === null ? null : areaText(thing.outline),
    facts: JSON.stringify(thing === null ? {} : facts),
    created_at: thing?.createdAt ?? new Date(0),
    changed_at: thing?.changedAt ?? new Date(0),
  };
}
