import type { Queryable } from '../database.ts';
import type { UploadRow } from '../upload-store.ts';

/** Says what became of an upload; the first word counts. */
export async function endUpload(database: Queryable, id: string, refusal: UploadRow['refusal']): Promise<void> {
  await database.query('update uploads set ended_at = now(), refusal = $2::jsonb where id = $1 and ended_at is null', [
    id,
    refusal === null ? null : JSON.stringify(refusal),
  ]);
}
