import type { OperationParams, Region } from '@tessera/contracts';
import { createRaster, type Raster } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { withColours } from '../colour-matrix.ts';
import { MODES, multiplyLevels, tableOfMode } from './blend-modes.ts';
import { stripsOf } from './strips.ts';

/** What is laid over a picture. */
export interface Overlay {
  /** Red, green, blue and alpha over a part of the picture. */
  layer(part: Region): Raster;
  readonly mode: OperationParams<'blend'>['mode'];
  /** 0–1. */
  readonly opacity: number;
}

/** How the layer's pixels come onto those of a picture; opacity in 0–255. */
interface Laying extends Pick<Overlay, 'mode'> {
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
 *
 * @param kernels null: in plain arithmetic.
 */
export function compose(picture: Raster, region: Region, overlay: Overlay, kernels = loadKernels()): Raster {
  const below = withColours(picture);
  const output = createRaster(below.width, below.height, below.channels);
  output.data.set(below.data);
  const laying = { mode: overlay.mode, opacity: Math.floor(overlay.opacity * 255 + 0.5) };
  for (const strip of stripsOf(region)) {
    const from = (strip.y - region.y) * region.width * below.channels;
    const pixels = output.data.subarray(from, from + strip.width * strip.height * below.channels);
    const layer = overlay.layer(strip).data;
    if (kernels === null) layOverScalar(pixels, below.channels, layer, laying);
    else layOverVector(pixels, below.channels, layer, laying, kernels);
  }
  return output;
}

function layOverScalar(pixels: Uint8Array, channels: number, layer: Uint8Array, { mode, opacity }: Laying): void {
  const table = tableOfMode(mode);
  for (let at = 0, over = 0; at < pixels.length; at += channels, over += 4) {
    const alpha = multiplyLevels(layer[over + 3]!, opacity);
    if (alpha === 0) continue;
    const backdrop = channels === 4 ? pixels[at + 3]! : 255;
    const both = alpha * backdrop;
    const whole = 255 * (alpha + backdrop) - both;
    const [layerOnly, backdropOnly] = [alpha * (255 - backdrop), backdrop * (255 - alpha)];
    for (let colour = 0; colour < 3; colour++) {
      const [under, above] = [pixels[at + colour]!, layer[over + colour]!];
      const sum = layerOnly * above + backdropOnly * under + both * table[256 * under + above]!;
      pixels[at + colour] = Math.floor((2 * sum + whole) / (2 * whole));
    }
    if (channels === 4) pixels[at + 3] = Math.floor((2 * whole + 255) / 510);
  }
}

/** Pixels that are worked on at once: they stay in the second-level cache. */
const CHUNK = 1 << 15;
/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;
/** Room for a vector of mixed colours and one of alpha. */
const SCRATCH = 32;

function layOverVector(
  pixels: Uint8Array,
  channels: number,
  layer: Uint8Array,
  { mode, opacity }: Laying,
  kernels: Kernels,
): void {
  const areas = kernels.allocate([CHUNK * channels + SLACK, 4 * CHUNK + SLACK, SCRATCH]);
  const [below, above, scratch] = [areas[0]!, areas[1]!, areas[2]!];
  const all = layer.length / 4;
  for (let first = 0; first < all; first += CHUNK) {
    const count = Math.min(CHUNK, all - first);
    const place = pixels.subarray(first * channels, (first + count) * channels);
    below.set(place);
    above.set(layer.subarray(4 * first, 4 * (first + count)));
    kernels.functions.layOver(
      below.byteOffset,
      above.byteOffset,
      count,
      channels,
      MODES.indexOf(mode),
      opacity,
      scratch.byteOffset,
    );
    place.set(below.subarray(0, place.length));
  }
}
