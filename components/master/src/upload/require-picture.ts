import { isPictureFormat, type InputFormat, type SourceFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/**
 * Tells what picture something stored is.
 *
 * @throws AppError UNSUPPORTED_FORMAT for rasters that are no pictures, and lists of rasters.
 */
export function requirePicture({ format }: { readonly format: SourceFormat }): InputFormat {
  if (isPictureFormat(format)) return format;
  const message =
    format === 'raster'
      ? 'This is a raster, not a picture: make a product of it.'
      : 'A list of rasters is not a picture.';
  throw new AppError('UNSUPPORTED_FORMAT', { message });
}
