import { takeAdvisoryLock } from '../advisory-lock.ts';
import { parseEntry, parseProduct, SELECT_ENTRIES, SELECT_PRODUCTS } from '../catalogue-row.ts';
import type { CatalogueChangeRow } from '../catalogue-store.ts';
import type { Database, Queryable, Row } from '../database.ts';
import { integer, nullable, text } from '../row.ts';

export async function catalogueFeed(database: Queryable): Promise<string> {
  return (await database.query('select id from catalogue_feed')).map((row) => text(row, 'id'))[0] ?? '';
}

/**
 * What changed after a number. Numbers are given by whoever reads, under a lock and in one transaction with the reading, as
 * those of `changes` are: so nothing with a smaller number can come to be seen later.
 */
export async function catalogueChanges(
  database: Database,
  { after, limit, own = false }: { readonly after: number; readonly limit: number; readonly own?: boolean | undefined },
): Promise<{ readonly changes: readonly CatalogueChangeRow[]; readonly next: number; readonly more: boolean }> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'numberCatalogue');
    for (const table of ['catalogue_products', 'catalogue_entries']) {
      await transaction.query(`update ${table} set seq = nextval('catalogue_seq') where seq is null and told`);
    }
    const page = `where t.seq > $1::bigint and (t.origin is null or not $3::boolean) order by t.seq limit $2::integer + 1`;
    const parameters = [after, limit, own];
    const products = await transaction.query(`${SELECT_PRODUCTS} ${page}`, parameters);
    const entries = await transaction.query(`${SELECT_ENTRIES} ${page}`, parameters);
    const all = [
      ...products.map((row): CatalogueChangeRow => ({
        ...identity(row),
        type: 'product',
        product: row.shared === true ? parseProduct(row) : null,
      })),
      ...entries.map((row): CatalogueChangeRow => ({
        ...identity(row),
        type: 'entry',
        entry: row.shared === true ? parseEntry(row) : null,
      })),
    ].sort((a, b) => a.seq - b.seq);
    const changes = all.slice(0, limit);
    return { changes, next: changes.at(-1)?.seq ?? after, more: all.length > limit };
  });
}

function identity(row: Row) {
  const seq = integer(row, 'seq');
  const origin = nullable(text, row, 'origin');
  return { seq, id: text(row, 'id'), origin, revision: origin === null ? seq : integer(row, 'revision') };
}
