import { AppError } from '@tessera/runtime';
import { areaText } from '../catalogue-area.ts';
import { parseEntry, parseProduct, SELECT_ENTRIES, SELECT_PRODUCTS } from '../catalogue-row.ts';
import type {
  CatalogueEntryPatch,
  CatalogueEntryRow,
  CatalogueProductPatch,
  CatalogueProductRow,
  NewCatalogueEntry,
} from '../catalogue-store.ts';
import type { Database, Queryable } from '../database.ts';

export async function getProduct(database: Queryable, id: string): Promise<CatalogueProductRow | undefined> {
  return (await database.query(`${SELECT_PRODUCTS} where t.id = $1 and not t.gone`, [id])).map(parseProduct)[0];
}

export async function getEntry(database: Queryable, id: string): Promise<CatalogueEntryRow | undefined> {
  return (await database.query(`${SELECT_ENTRIES} where t.id = $1 and not t.gone`, [id])).map(parseEntry)[0];
}

/** The job is held meanwhile, so that it does not expire just when its product is shared. */
export async function changeProduct(
  database: Database,
  id: string,
  patch: CatalogueProductPatch,
): Promise<CatalogueProductRow | undefined> {
  const { name, description, creator, shared, startsAt, endsAt } = patch;
  return database.transaction(async (transaction) => {
    await transaction.query(
      'select from jobs where id = (select job from catalogue_products where id = $1) for key share',
      [id],
    );
    await transaction.query(
      `update catalogue_products set
        name = coalesce($2, name), description = coalesce($3, description), creator = coalesce($4, creator),
        shared = coalesce($5::boolean, shared), told = told or coalesce($5::boolean, false),
        starts_at = case when $6::boolean then $7::timestamptz else starts_at end,
        ends_at = case when $8::boolean then $9::timestamptz else ends_at end,
        seq = null, changed_at = now()
      where id = $1 and origin is null and not gone`,
      [
        id,
        name ?? null,
        description ?? null,
        creator ?? null,
        shared ?? null,
        startsAt !== undefined,
        startsAt ?? null,
        endsAt !== undefined,
        endsAt ?? null,
      ],
    );
    return getProduct(transaction, id);
  });
}

export async function changeEntry(
  database: Database,
  id: string,
  { name, description, creator, shared, outline }: CatalogueEntryPatch,
): Promise<CatalogueEntryRow | undefined> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      `update catalogue_entries set
        name = coalesce($2, name), description = coalesce($3, description), creator = coalesce($4, creator),
        shared = coalesce($5::boolean, shared), told = told or coalesce($5::boolean, false),
        area = coalesce($6::polygon, area),
        facts = case when $7::jsonb is null then facts else facts || jsonb_build_object('outline', $7::jsonb) end,
        seq = null, changed_at = now()
      where id = $1 and origin is null and not gone`,
      [
        id,
        name ?? null,
        description ?? null,
        creator ?? null,
        shared ?? null,
        outline === undefined ? null : areaText(outline),
        outline === undefined ? null : JSON.stringify(outline),
      ],
    );
    return getEntry(transaction, id);
  });
}

/** What nobody else may know goes; of all else a tombstone stays, which says so to those who do. */
export async function removeItem(
  database: Database,
  table: 'catalogue_products' | 'catalogue_entries',
  id: string,
): Promise<boolean> {
  const own = table === 'catalogue_products' ? 'job = null, starts_at = null, ends_at = null' : 'image = null';
  return database.transaction(async (transaction) => {
    const never = await transaction.query(`delete from ${table} where id = $1 and not told returning id`, [id]);
    const once = await transaction.query(
      `update ${table} set
        gone = true, shared = false, seq = null, changed_at = now(), visitor = null, area = null,
        name = '', description = '', creator = '', facts = '{}', ${own}
      where id = $1 and not gone
      returning id`,
      [id],
    );
    return never.length + once.length > 0;
  });
}

export async function insertEntry(database: Database, entry: NewCatalogueEntry, most: number): Promise<boolean> {
  const { id, visitor, kind, shared, outline, image, facts, name, description, creator } = entry;
  return database.transaction(async (transaction) => {
    // One insert of a visitor at a time, so that none is counted that another is about to add.
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 15))', [visitor]);
    if (image !== null) {
      const held = await transaction.query('select from images where id = $1 for key share', [image]);
      if (held.length === 0) throw new AppError('NOT_FOUND');
    }
    const rows = await transaction.query(
      `insert into catalogue_entries
        (id, visitor, kind, shared, told, area, image, facts, name, description, creator)
      select $1, $2, $3, $4::boolean, $4::boolean, $5::polygon, $6, $7::jsonb, $8, $9, $10
      where (select count(*) from catalogue_entries where visitor = $2 and not gone) < $11::integer
      returning id`,
      [
        id,
        visitor,
        kind,
        shared,
        areaText(outline),
        image,
        JSON.stringify({ ...facts, outline }),
        name,
        description,
        creator,
        most,
      ],
    );
    return rows.length > 0;
  });
}
