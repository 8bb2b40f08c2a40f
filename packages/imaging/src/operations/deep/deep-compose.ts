import type { OperationParams, Region } from '@tessera/contracts';
import { stripsOf } from '../combine/strips.ts';
import { withDeepColours } from './deep-colour-matrix.ts';
import { createDeep, MOST, type DeepRaster } from './deep-raster.ts';

/** What becomes of a level of the backdrop and one of the layer over it, before opacity counts. */
type MixLevels = (backdrop: number, layer: number) => number;

/** The product of two levels as shares of 65535, rounded; that is odd, so that no product lies between two levels. */
export function multiplyDeep(a: number, b: number): number {
  return Math.floor((2 * a * b + MOST) / (2 * MOST));
}

const screen: MixLevels = (backdrop, layer) => MOST - multiplyDeep(MOST - backdrop, MOST - layer);

/** The blend modes of `BLEND_MODES` in levels of 16 bits. */
const MODES: Readonly<Record<OperationParams<'blend'>['mode'], MixLevels>> = {
  normal: (_, layer) => layer,
  multiply: multiplyDeep,
  screen,
  overlay: (backdrop, layer) =>
    2 * backdrop <= MOST ? multiplyDeep(2 * backdrop, layer) : screen(2 * backdrop - MOST, layer),
  darken: (backdrop, layer) => Math.min(backdrop, layer),
  lighten: (backdrop, layer) => Math.max(backdrop, layer),
  difference: (backdrop, layer) => Math.abs(backdrop - layer),
  add: (backdrop, layer) => Math.min(MOST, backdrop + layer),
  subtract: (backdrop, layer) => Math.max(0, backdrop - layer),
};

/** What is laid over a picture; see `Overlay`. */
export interface DeepOverlay {
  layer(part: Region): DeepRaster;
  readonly mode: OperationParams<'blend'>['mode'];
  readonly opacity: number;
}

/** As for 8 bits, see `compose`, with 65535 for 255: all sums have less than 52 bits and are exact. */
export function composeDeep(picture: DeepRaster, region: Region, overlay: DeepOverlay): DeepRaster {
  const below = withDeepColours(picture);
  const output = createDeep(below.width, below.height, below.channels);
  output.data.set(below.data);
  const opacity = Math.floor(overlay.opacity * MOST + 0.5);
  for (const strip of stripsOf(region)) {
    const from = (strip.y - region.y) * region.width * below.channels;
    const pixels = output.data.subarray(from, from + strip.width * strip.height * below.channels);
    layOver(pixels, below.channels, overlay.layer(strip).data, MODES[overlay.mode], opacity);
  }
  return output;
}

function layOver(pixels: Uint16Array, channels: number, layer: Uint16Array, mix: MixLevels, opacity: number): void {
  for (let at = 0, over = 0; at < pixels.length; at += channels, over += 4) {
    const alpha = multiplyDeep(layer[over + 3]!, opacity);
    if (alpha === 0) continue;
    const backdrop = channels === 4 ? pixels[at + 3]! : MOST;
    const both = alpha * backdrop;
    const whole = MOST * (alpha + backdrop) - both;
    const [layerOnly, backdropOnly] = [alpha * (MOST - backdrop), backdrop * (MOST - alpha)];
    for (let colour = 0; colour < 3; colour++) {
      const [under, above] = [pixels[at + colour]!, layer[over + colour]!];
      const sum = layerOnly * above + backdropOnly * under + both * mix(under, above);
      pixels[at + colour] = Math.floor((2 * sum + whole) / (2 * whole));
    }
    if (channels === 4) pixels[at + 3] = Math.floor((2 * whole + MOST) / (2 * MOST));
  }
}
