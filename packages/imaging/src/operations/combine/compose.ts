import { createRaster, type Raster } from '../../raster.ts';
import { withColours } from '../colour-matrix.ts';
import { multiplyLevels } from './blend-modes.ts';

/**
 * Lays a layer of red, green, blue and alpha over a picture of the same size: source-over of Porter and Duff, with the
 * mixed colour B where both are (W3C, Compositing and Blending, section 5). With αs the layer's alpha times the opacity
 * and αb the picture's, all in 0–255, rounded once, half up:
 *
 *     α = (255 (αs + αb) − αs αb) / 255
 *     C = (αs (255 − αb) Cs + αb (255 − αs) Cb + αs αb B) / (255 (αs + αb) − αs αb)
 *
 * A picture of gray gets colours first.
 *
 * @param table of a blend mode; undefined: the layer's own colours.
 * @param opacity 0–255.
 */
export function compose(picture: Raster, layer: Raster, table: Uint8Array | undefined, opacity: number): Raster {
  const below = withColours(picture);
  const { channels, data } = below;
  const output = createRaster(below.width, below.height, channels);
  const target = output.data;
  target.set(data);
  for (let at = 0, over = 0; at < data.length; at += channels, over += 4) {
    const alpha = multiplyLevels(layer.data[over + 3]!, opacity);
    if (alpha === 0) continue;
    const backdrop = channels === 4 ? data[at + 3]! : 255;
    const both = alpha * backdrop;
    const whole = 255 * (alpha + backdrop) - both;
    const [layerOnly, backdropOnly] = [alpha * (255 - backdrop), backdrop * (255 - alpha)];
    for (let colour = 0; colour < 3; colour++) {
      const [under, above] = [data[at + colour]!, layer.data[over + colour]!];
      const mixed = table === undefined ? above : table[256 * under + above]!;
      const sum = layerOnly * above + backdropOnly * under + both * mixed;
      target[at + colour] = Math.floor((2 * sum + whole) / (2 * whole));
    }
    if (channels === 4) target[at + 3] = Math.floor((2 * whole + 255) / 510);
  }
  return output;
}

/** A share of 0–1 in 0–255. */
export function levelOfShare(share: number): number {
  return Math.floor(share * 255 + 0.5);
}
