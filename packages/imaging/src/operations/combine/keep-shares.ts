import { colourChannels, createRaster, hasAlpha, type Raster } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { multiplyLevels } from './blend-modes.ts';

/**
 * Multiplies the colours of each pixel, or its alpha, by its share of 255, rounded. A picture without alpha that fades gets it.
 *
 * @param shares by pixel, row by row.
 * @param kernels null: in plain arithmetic.
 */
export function keepShares(input: Raster, shares: Uint8Array, fade: boolean, kernels = loadKernels()): Raster {
  const channels = fade ? colourChannels(input.channels) + 1 : input.channels;
  const output = createRaster(input.width, input.height, channels);
  if (kernels !== null) keepInVectors(input, shares, output, fade, kernels);
  else if (fade) fadeScalar(input, shares, output);
  else darkenScalar(input, shares, output);
  return output;
}

function fadeScalar({ channels, data }: Raster, shares: Uint8Array, output: Raster): void {
  const colours = colourChannels(channels);
  for (let pixel = 0, from = 0, to = 0; pixel < shares.length; pixel++, from += channels, to += output.channels) {
    for (let colour = 0; colour < colours; colour++) output.data[to + colour] = data[from + colour]!;
    const alpha = hasAlpha(channels) ? data[from + colours]! : 255;
    output.data[to + colours] = multiplyLevels(alpha, shares[pixel]!);
  }
}

function darkenScalar({ channels, data }: Raster, shares: Uint8Array, output: Raster): void {
  const colours = colourChannels(channels);
  for (let pixel = 0, at = 0; pixel < shares.length; pixel++, at += channels) {
    for (let colour = 0; colour < colours; colour++) {
      output.data[at + colour] = multiplyLevels(data[at + colour]!, shares[pixel]!);
    }
    if (colours < channels) output.data[at + colours] = data[at + colours]!;
  }
}

/** Pixels that are worked on at once: they stay in the second-level cache. */
const CHUNK = 1 << 15;
/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;
/** Room for two vectors that tell where levels and shares are taken from. */
const SCRATCH = 32;

function keepInVectors(
  { channels, data }: Raster,
  shares: Uint8Array,
  output: Raster,
  fade: boolean,
  kernels: Kernels,
): void {
  const made = output.channels;
  const areas = kernels.allocate([CHUNK * channels + SLACK, CHUNK + SLACK, CHUNK * made + SLACK, SCRATCH]);
  const [source, kept, target, scratch] = [areas[0]!, areas[1]!, areas[2]!, areas[3]!];
  const places = [source.byteOffset, kept.byteOffset, target.byteOffset] as const;
  for (let first = 0; first < shares.length; first += CHUNK) {
    const count = Math.min(CHUNK, shares.length - first);
    source.set(data.subarray(first * channels, (first + count) * channels));
    kept.set(shares.subarray(first, first + count));
    kernels.functions.keepShares(...places, count, channels, fade, scratch.byteOffset);
    output.data.set(target.subarray(0, count * made), first * made);
  }
}
