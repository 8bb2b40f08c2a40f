import { open } from 'node:fs/promises';
import type { Decoder } from '@tessera/codec';
import type { ErrorCode } from '@tessera/contracts';
import { fileRange, openRaster } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ProbedFile, ProbeFile } from './upload-session.ts';

/** Why files are no pictures that may be rasters all the same: samples, compressions and bands that pictures have not. */
const MAYBE: ReadonlySet<ErrorCode> = new Set(['UNSUPPORTED_FORMAT', 'TOO_MANY_CHANNELS']);
/** First bytes of TIFFs, classic and big, of either order of bytes, and of JP2. */
const TIFF = /^(?:II[*+]\0|MM\0[*+])/;
const JP2 = '\0\0\0\x0cjP  \r\n\x87\n';

/**
 * Makes what looks at files that arrive: what the decoder reads is a picture; TIFFs that it does not read, and JP2, are
 * rasters if the raster reader takes them. Of those only the header is read.
 *
 * @param maxPixels of a raster, width × height.
 */
export function createProbe(decoder: Pick<Decoder, 'probe'>, maxPixels: number): ProbeFile {
  return async (path, signal) => {
    try {
      return await decoder.probe(path, { signal });
    } catch (error) {
      if (!AppError.is(error) || !MAYBE.has(error.code)) throw error;
      return probeRaster(path, error, maxPixels, signal);
    }
  };
}

/** @throws AppError `refusal` for what is no raster; CORRUPT_RASTER, UNSUPPORTED_RASTER, TOO_MANY_PIXELS */
async function probeRaster(
  path: string,
  refusal: AppError,
  maxPixels: number,
  signal: AbortSignal,
): Promise<ProbedFile> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(JP2.length), 0, JP2.length, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    const isTiff = TIFF.test(head);
    if (!isTiff && head !== JP2) throw refusal;
    const { facts } = await openRaster(await fileRange(file), {}, signal).catch((error: unknown) => {
      // What was said of it as a picture tells more of a TIFF that is neither.
      throw isTiff && AppError.is(error) && error.code === 'UNSUPPORTED_RASTER' ? refusal : error;
    });
    const { width, height, bands } = facts;
    if (width * height > maxPixels) throw new AppError('TOO_MANY_PIXELS', { details: { width, height, maxPixels } });
    return { format: 'raster', width, height, channels: Math.min(4, bands.length), progressive: false };
  } finally {
    await file.close();
  }
}
