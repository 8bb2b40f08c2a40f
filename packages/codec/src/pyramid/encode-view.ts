import { hasAlpha, type Raster } from '@tessera/imaging/raster';
import type { Sharp } from 'sharp';
import { sharp } from '../sharp.ts';
import { rawInput } from '../strip/raw-input.ts';

/** Quality of pictures that are only looked at. */
const QUALITY = 85;

/** A picture for the screen. */
export interface View {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg' | 'image/webp' | 'image/png';
}

/**
 * Encodes what is to be looked at: JPEG, or WebP where there is transparency.
 *
 * @param fine keeps colours at full resolution, for pixels that are shown one to one.
 */
export async function encodeView(image: Sharp, channels: number, fine = false): Promise<View> {
  if (hasAlpha(channels)) {
    return { bytes: await image.webp({ quality: QUALITY, effort: 1 }).toBuffer(), contentType: 'image/webp' };
  }
  const bytes = await image
    .jpeg({ quality: QUALITY, chromaSubsampling: fine ? '4:4:4' : '4:2:0', optimiseCoding: false })
    .toBuffer();
  return { bytes, contentType: 'image/jpeg' };
}

/** A raster for the screen, as `encodeView` makes it. */
export function viewOf(raster: Raster): Promise<View> {
  return encodeView(imageOf(raster), raster.channels);
}

/** A raster as a PNG, every pixel as it is. */
export async function exactViewOf(raster: Raster): Promise<View> {
  const bytes = await imageOf(raster).png({ compressionLevel: 2, adaptiveFiltering: false }).toBuffer();
  return { bytes, contentType: 'image/png' };
}

function imageOf(raster: Raster): Sharp {
  return sharp(raster.data, rawInput(raster)).toColourspace(raster.channels < 3 ? 'b-w' : 'srgb');
}
