import type { AppError } from '@tessera/runtime/app-error';

/** What to do next about an error of a product; undefined where the message says all. */
export function adviceFor({ code, message }: AppError): string | undefined {
  switch (code) {
    case 'CONFLICT':
      return message.includes('exists') ? 'Give --overwrite, or another --output.' : undefined;
    case 'RASTER_MISMATCH':
      return 'Bring all files onto one grid first: gdalwarp -te … -tr … -t_srs …; gdalinfo shows what each of them has.';
    case 'UNSUPPORTED_RASTER':
    case 'UNSUPPORTED_FORMAT':
    case 'TOO_MANY_CHANNELS':
      return 'Make a GeoTIFF of it: gdal_translate -of COG IN OUT.tif; -b N picks one band.';
    case 'CORRUPT_RASTER':
    case 'CORRUPT_IMAGE':
    case 'TRUNCATED_IMAGE':
      return 'Fetch the file again, or see what gdalinfo -checksum says of it.';
    case 'BAD_REQUEST':
      return adviceOfRequest(message);
    default:
      return undefined;
  }
}

function adviceOfRequest(message: string): string | undefined {
  if (message.includes('needs reflectances'))
    return 'Give --scale and --offset: Sentinel-2 since 2022 has 0.0001 and -0.1, before 0.0001 and 0; Landsat collection 2 has 0.0000275 and -0.2.';
  if (message.includes('has no band')) return 'gdalinfo shows the bands of a file; they count from 1.';
  return undefined;
}
