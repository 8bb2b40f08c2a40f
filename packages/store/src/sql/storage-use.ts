import { AppError } from '@tessera/runtime';
import type { Queryable } from '../database.ts';
import { integer } from '../row.ts';

/** What the rows say that is stored. Jobs that reuse a result have the same object. */
export async function storageUse(database: Queryable) {
  const [row] = await database.query(
    `select u.n as uploads, u.bytes as upload_bytes, r.n as results, r.bytes as result_bytes, d.n as removals
    from (select count(*)::integer as n, coalesce(sum(bytes), 0)::bigint as bytes from images) u
    cross join (
      select count(*)::integer as n, coalesce(sum(bytes), 0)::bigint as bytes
      from (
        select object ->> 'key', max((object ->> 'bytes')::bigint) as bytes
        from jobs
        cross join lateral (
          select result as object
          union all
          select jsonb_array_elements(coalesce(result -> 'companions', '[]') || coalesce(result -> 'reports', '[]'))
        ) objects
        where result is not null group by object ->> 'key'
      ) once
    ) r
    cross join (select count(*)::integer as n from removals) d`,
  );
  if (row === undefined) throw new AppError('INTERNAL');
  return {
    uploads: { objects: integer(row, 'uploads'), bytes: integer(row, 'upload_bytes') },
    results: { objects: integer(row, 'results'), bytes: integer(row, 'result_bytes') },
    removals: integer(row, 'removals'),
  };
}
