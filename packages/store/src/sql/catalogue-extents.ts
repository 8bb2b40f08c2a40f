import { catalogueKindSchema } from '@tessera/contracts';
import type { CatalogueExtent } from '../catalogue-store.ts';
import type { Queryable } from '../database.ts';
import { date, decimal, integer, parsed } from '../row.ts';

/** What is shared, by kind. */
export async function productExtents(database: Queryable): Promise<readonly CatalogueExtent[]> {
  const rows = await database.query(
    // Corner 0 of a box is its upper right, corner 1 its lower left.
    `select kind, count(*)::integer as products,
      min(((box(area))[1])[0]) as west, min(((box(area))[1])[1]) as south,
      max(((box(area))[0])[0]) as east, max(((box(area))[0])[1]) as north,
      min(coalesce(starts_at, ends_at, created_at)) as "from", max(coalesce(ends_at, starts_at, created_at)) as "to"
    from catalogue_products
    where shared
    group by kind
    order by kind`,
  );
  return rows.map((row) => ({
    kind: parsed(catalogueKindSchema, row, 'kind'),
    products: integer(row, 'products'),
    west: decimal(row, 'west'),
    south: decimal(row, 'south'),
    east: decimal(row, 'east'),
    north: decimal(row, 'north'),
    from: date(row, 'from'),
    to: date(row, 'to'),
  }));
}
