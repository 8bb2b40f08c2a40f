import { jobErrorSchema } from '@tessera/contracts';
import type { Queryable, Row } from '../database.ts';
import type { UploadRow } from '../upload-store.ts';
import { date, integer, nullable, parsed, text } from '../row.ts';

const refusalSchema = jobErrorSchema.pick({ code: true, message: true });

export async function getUpload(database: Queryable, id: string): Promise<UploadRow | undefined> {
  const rows = await database.query(
    'select id, name, bytes, created_at, ended_at, refusal from uploads where id = $1',
    [id],
  );
  return rows.map(parseUpload)[0];
}

function parseUpload(row: Row): UploadRow {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    bytes: integer(row, 'bytes'),
    createdAt: date(row, 'created_at'),
    endedAt: nullable(date, row, 'ended_at'),
    refusal: nullable((from, column) => parsed(refusalSchema, from, column), row, 'refusal'),
  };
}
