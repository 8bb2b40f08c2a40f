import { bytesOf, isDeep, sampleBytes, depthOf, type Raster, type Samples } from '@tessera/imaging/raster';
import { AppError } from '@tessera/runtime/app-error';

/** The bytes of a raster as one of 8 bits: of 16 it has two for each sample, the lower one first. Shares its memory. */
export function bytePixels(raster: Raster<Samples>): Raster {
  const { width, height, channels, data } = raster;
  return { width, height, channels: channels * sampleBytes(depthOf(raster)), data: bytesOf(data) };
}

/** The same with the upper byte first. */
export function bigEndianPixels(raster: Raster<Samples>): Raster {
  const pixels = bytePixels(raster);
  return isDeep(raster) ? { ...pixels, data: Buffer.from(pixels.data).swap16() } : pixels;
}

/** A raster that is of 8 bits, as the encoders of formats that hold no more are given it. @throws AppError INTERNAL */
export function shallow(raster: Raster<Samples>): Raster {
  if (!isDeep(raster)) return raster as Raster;
  throw new AppError('INTERNAL', { message: 'This format holds 8 bits a channel.' });
}
