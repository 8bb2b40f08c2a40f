import type { Region } from '@tessera/contracts';
import { createRaster, type Raster } from '../../raster.ts';
import { withColours } from '../colour-matrix.ts';
import { multiplyLevels } from './blend-modes.ts';
import { stripsOf } from './strips.ts';

/** What is laid over a picture. */
export interface Overlay {
  /** Red, green, blue and alpha over a part of the picture. */
  layer(part: Region): Raster;
  /** Of a blend mode, see `tableOfMode`; absent: the layer's own colours. */
  readonly table?: Uint8Array | undefined;
  /** 0–1. */
  readonly opacity: number;
}

/**
 * Lays something over the pixels of `region`: source-over of Porter and Duff, with the mixed colour B where both are (W3C,
 * Compositing and Blending, section 5). With αs the layer's alpha times the opacity and αb the picture's, all in 0–255,
 * rounded once, half up:
 *
 *     α = (255 (αs + αb) − αs αb) / 255
 *     C = (αs (255 − αb) Cs + αb (255 − αs) Cb + αs αb B) / (255 (αs + αb) − αs αb)
 *
 * A picture of gray gets colours first.
 */
export function compose(picture: Raster, region: Region, overlay: Overlay): Raster {
  const below = withColours(picture);
  const output = createRaster(below.width, below.height, below.channels);
  output.data.set(below.data);
  const opacity = Math.floor(overlay.opacity * 255 + 0.5);
  for (const strip of stripsOf(region)) {
    const from = (strip.y - region.y) * region.width * below.channels;
    const pixels = output.data.subarray(from, from + strip.width * strip.height * below.channels);
    layOver(pixels, below.channels, overlay.layer(strip).data, overlay.table, opacity);
  }
  return output;
}

function layOver(
  pixels: Uint8Array,
  channels: number,
  layer: Uint8Array,
  table: Uint8Array | undefined,
  opacity: number,
): void {
  for (let at = 0, over = 0; at < pixels.length; at += channels, over += 4) {
    const alpha = multiplyLevels(layer[over + 3]!, opacity);
    if (alpha === 0) continue;
    const backdrop = channels === 4 ? pixels[at + 3]! : 255;
    const both = alpha * backdrop;
    const whole = 255 * (alpha + backdrop) - both;
    const [layerOnly, backdropOnly] = [alpha * (255 - backdrop), backdrop * (255 - alpha)];
    for (let colour = 0; colour < 3; colour++) {
      const [under, above] = [pixels[at + colour]!, layer[over + colour]!];
      const mixed = table === undefined ? above : table[256 * under + above]!;
      const sum = layerOnly * above + backdropOnly * under + both * mixed;
      pixels[at + colour] = Math.floor((2 * sum + whole) / (2 * whole));
    }
    if (channels === 4) pixels[at + 3] = Math.floor((2 * whole + 255) / 510);
  }
}
