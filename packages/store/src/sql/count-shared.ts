import type { Queryable } from '../database.ts';

/** Shared products of a visitor, with those of jobs that have not ended. */
export async function countShared(database: Queryable, visitor: string): Promise<number> {
  const rows = await database.query(
    `select (select count(*) from catalogue_products where visitor = $1 and shared and not gone)::integer
      + (select count(*) from jobs
          where visitor = $1 and state in ('queued', 'running') and (product ->> 'shared')::boolean)::integer as shared`,
    [visitor],
  );
  return Number(rows[0]?.shared ?? 0);
}
