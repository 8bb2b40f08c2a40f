import type { Database } from '../database.ts';
import type { NewUpload, UploadShare } from '../upload-store.ts';

/** @throws AppError CONFLICT if the id is taken. */
export async function insertUpload(
  database: Database,
  { id, name, bytes }: NewUpload,
  { visitor, most }: UploadShare,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    // One insert of a visitor at a time, so that none is counted that another is about to add.
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 6))', [visitor]);
    const rows = await transaction.query(
      `insert into uploads (id, name, bytes, visitor)
      select $1, $2, $3, $4
      where (select count(*) from uploads where visitor = $4 and ended_at is null) < $5::integer
      returning id`,
      [id, name, bytes, visitor, most],
    );
    return rows.length > 0;
  });
}
