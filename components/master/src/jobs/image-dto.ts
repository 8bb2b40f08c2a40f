import type { ImageDto } from '@tessera/contracts';
import type { ImageRow } from '@tessera/store';

/** What callers are told of an image. */
export function imageDto(row: ImageRow): ImageDto {
  const { id, name, format, width, height, channels, depth = 8, bytes, sha256 } = row;
  return { id, name, format, width, height, channels, depth, bytes, sha256 };
}
