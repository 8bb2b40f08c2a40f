import { createRaster, type Raster } from '@tessera/imaging/raster';
import type { Sharp } from 'sharp';

/**
 * The pixels of an image of so many channels, of which it may have more. Gray with alpha goes by RGB: sharp gives the
 * first channel of gray only.
 */
export async function rasterOf(image: Sharp, channels: number): Promise<Raster> {
  const { data, info } = await image
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (info.channels === channels) return { width, height, channels, data };
  const kept = createRaster(width, height, channels);
  const alpha = info.channels - 1;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < channels; c++) {
      const from = channels === 2 && c === 1 ? alpha : c;
      kept.data[pixel * channels + c] = data[pixel * info.channels + from]!;
    }
  }
  return kept;
}
