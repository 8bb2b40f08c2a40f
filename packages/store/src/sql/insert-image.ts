import type { Queryable } from '../database.ts';
import type { ImageRow } from '../job-store.ts';

/** @throws AppError CONFLICT if the id is taken. */
export async function insertImage(database: Queryable, image: ImageRow): Promise<void> {
  await database.query(
    `insert into images (id, visitor, name, key, format, width, height, channels, bytes, sha256, progressive, created_at,
      depth)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      image.id,
      image.visitor,
      image.name,
      image.key,
      image.format,
      image.width,
      image.height,
      image.channels,
      image.bytes,
      image.sha256,
      image.progressive,
      image.createdAt,
      image.depth ?? 8,
    ],
  );
}
