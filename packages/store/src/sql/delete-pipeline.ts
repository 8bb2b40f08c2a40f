import type { Queryable } from '../database.ts';
import type { PipelineRow } from '../job-store.ts';

/** Tells whether this visitor had it. */
export async function deletePipeline(
  database: Queryable,
  { id, visitor }: Pick<PipelineRow, 'id' | 'visitor'>,
): Promise<boolean> {
  const rows = await database.query('delete from pipelines where id = $1 and visitor = $2 returning id', [id, visitor]);
  return rows.length > 0;
}
