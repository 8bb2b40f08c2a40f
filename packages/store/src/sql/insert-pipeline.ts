import type { Database } from '../database.ts';
import type { PipelineRow } from '../job-store.ts';

/** @throws AppError CONFLICT if the id is taken. */
export async function insertPipeline(
  database: Database,
  { id, visitor, name, pipeline, output }: Omit<PipelineRow, 'createdAt' | 'changedAt'>,
  most: number,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    // One insert of a visitor at a time, so that none is counted that another is about to add.
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [visitor]);
    const rows = await transaction.query(
      `insert into pipelines (id, visitor, name, pipeline, output)
      select $1, $2, $3, $4::jsonb, $5::jsonb
      where (select count(*) from pipelines where visitor = $2) < $6::integer
      returning id`,
      [id, visitor, name, JSON.stringify(pipeline), JSON.stringify(output), most],
    );
    return rows.length > 0;
  });
}
