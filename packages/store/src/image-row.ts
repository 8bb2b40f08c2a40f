import { sourceFormatSchema } from '@tessera/contracts';
import type { Row } from './database.ts';
import type { ImageRow } from './job-store.ts';
import { date, flag, integer, parsed, text } from './row.ts';

/** Columns of an image, for a table under the alias `i`. */
export const IMAGE_COLUMNS = `
  i.id as image_id, i.visitor as image_visitor, i.name as image_name, i.key as image_key, i.format as image_format,
  i.width as image_width, i.height as image_height, i.channels as image_channels, i.bytes as image_bytes,
  i.sha256 as image_sha256, i.progressive as image_progressive, i.created_at as image_created_at,
  i.depth as image_depth`;

export function parseImage(row: Row): ImageRow {
  return {
    id: text(row, 'image_id'),
    visitor: text(row, 'image_visitor'),
    name: text(row, 'image_name'),
    key: text(row, 'image_key'),
    format: parsed(sourceFormatSchema, row, 'image_format'),
    width: integer(row, 'image_width'),
    height: integer(row, 'image_height'),
    channels: integer(row, 'image_channels'),
    ...(integer(row, 'image_depth') === 16 && { depth: 16 as const }),
    bytes: integer(row, 'image_bytes'),
    sha256: text(row, 'image_sha256'),
    progressive: flag(row, 'image_progressive'),
    createdAt: date(row, 'image_created_at'),
  };
}
