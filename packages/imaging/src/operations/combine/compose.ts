import type { OperationParams, Region } from '@tessera/contracts';
import { createRaster, type Raster } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { withColours } from '../colour-matrix.ts';
import { MODES, multiplyLevels, tableOfMode } from './blend-modes.ts';
import { stripsOf } from './strips.ts';

/** What is laid over a picture. */
export interface Overlay {
  /** Red, green, blue and, if some of it is transparent, alpha over a part of the picture. */
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
  const { channels } = below;
  const output = createRaster(below.width, below.height, channels);
  const laying = { mode: overlay.mode, opacity: Math.floor(overlay.opacity * 255 + 0.5) };
  const layOver = kernels === null ? layOverScalar : layOverVector(kernels);
  for (const strip of stripsOf(region)) {
    const from = (strip.y - region.y) * region.width * channels;
    const end = from + strip.width * strip.height * channels;
    const target = { channels, data: output.data.subarray(from, end) };
    layOver(below.data.subarray(from, end), target, overlay.layer(strip), laying);
  }
  return output;
}

type Pixels = Pick<Raster, 'channels' | 'data'>;

/** Lays a layer over pixels of the target's channels. */
type LayOver = (below: Uint8Array, target: Pixels, layer: Pixels, laying: Laying) => void;

const layOverScalar: LayOver = (below, { channels, data: pixels }, { channels: layers, data: layer }, laying) => {
  const { mode, opacity } = laying;
  const table = tableOfMode(mode);
  pixels.set(below);
  for (let at = 0, over = 0; at < pixels.length; at += channels, over += layers) {
    const alpha = layers === 4 ? multiplyLevels(layer[over + 3]!, opacity) : opacity;
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
};

/** Pixels that are worked on at once: they stay in the second-level cache. */
const CHUNK = 1 << 15;
/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;
/** Room for vectors of mixed colours, of alpha and of the layer. */
const SCRATCH = 48;

function layOverVector(kernels: Kernels): LayOver {
  return (below, { channels, data }, { channels: layers, data: layer }, { mode, opacity }) => {
    const areas = kernels.allocate([CHUNK * channels + SLACK, CHUNK * layers + SLACK, SCRATCH]);
    const [picture, above, scratch] = [areas[0]!, areas[1]!, areas[2]!];
    const [at, over] = [picture.byteOffset, above.byteOffset];
    const { layOver, layOverOpaque } = kernels.functions;
    const all = layer.length / layers;
    for (let first = 0; first < all; first += CHUNK) {
      const count = Math.min(CHUNK, all - first);
      picture.set(below.subarray(first * channels, (first + count) * channels));
      above.set(layer.subarray(layers * first, layers * (first + count)));
      const number = MODES.indexOf(mode);
      if (channels === 3 && layers === 3) layOverOpaque(at, over, count * channels, number, opacity);
      else layOver(at, over, count, channels, layers, number, opacity, scratch.byteOffset);
      data.set(picture.subarray(0, count * channels), first * channels);
    }
  };
}
