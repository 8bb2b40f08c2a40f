import type { Queryable } from '../database.ts';
import type { NewUpload } from '../upload-store.ts';

/** @throws AppError CONFLICT if the id is taken. */
export async function insertUpload(database: Queryable, { id, name, bytes }: NewUpload): Promise<void> {
  await database.query('insert into uploads (id, name, bytes) values ($1, $2, $3)', [id, name, bytes]);
}
