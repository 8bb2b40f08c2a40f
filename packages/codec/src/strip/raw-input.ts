import type { Raster } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import type { SharpOptions } from 'sharp';

/** How a raster is handed to sharp. */
export function rawInput({ width, height, channels }: Raster): SharpOptions {
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4) {
    throw new AppError('INTERNAL', { message: `A raster can't have ${channels} channels.` });
  }
  return { raw: { width, height, channels }, limitInputPixels: false };
}
