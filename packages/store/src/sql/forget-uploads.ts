import type { Queryable } from '../database.ts';
import { integer } from '../row.ts';

/** Forgets one upload, or those begun so long ago. Gives their number. */
export async function forgetUploads(
  database: Queryable,
  which: { readonly id: string } | { readonly olderThanSeconds: number },
): Promise<number> {
  const [condition, value] =
    'id' in which
      ? ['id = $1', which.id]
      : [`created_at < now() - interval '1 second' * $1::double precision`, which.olderThanSeconds];
  const rows = await database.query(
    `with gone as (delete from uploads where ${condition} returning id) select count(*)::integer as n from gone`,
    [value],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
