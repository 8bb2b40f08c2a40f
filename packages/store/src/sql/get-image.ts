import type { Queryable } from '../database.ts';
import { IMAGE_COLUMNS, parseImage } from '../image-row.ts';
import type { ImageRow } from '../job-store.ts';

export async function getImage(database: Queryable, id: string): Promise<ImageRow | undefined> {
  const rows = await database.query(`select ${IMAGE_COLUMNS} from images i where i.id = $1`, [id]);
  return rows.map(parseImage)[0];
}
