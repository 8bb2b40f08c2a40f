import type { Raster } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { runPointFilter, type PointFilter, type ScalarPoint, type VectorPoint } from '../point-filter.ts';

/** Rounds a number in 1/2¹⁴. */
const rounded = (value: number): number => (value + 8192) >> 14;

/** Y of OpenCV's 8-bit YCrCb (BT.601). */
const lumaOf = (red: number, green: number, blue: number): number => rounded(4899 * red + 9617 * green + 1868 * blue);

/** The luma of each pixel of 1–4 channels, one channel; a gray raster gives its levels. */
export function lumaRaster(input: Raster): Raster {
  return runPointFilter(input, lumaFilter(input.channels));
}

/** The filter that makes luma of pixels of 1–4 channels. */
export function lumaFilter(channels: number): PointFilter {
  const scalar: ScalarPoint = (source, target) => {
    for (let pixel = 0, at = 0; at < source.length; pixel++, at += channels) {
      target[pixel] = channels < 3 ? source[at]! : lumaOf(source[at]!, source[at + 1]!, source[at + 2]!);
    }
  };
  const vector: VectorPoint = ({ luma }, source, target, pixels) => {
    luma(source, target, pixels, channels);
  };
  return { channels: 1, scalar, ...(channels < 3 ? {} : { vector }) };
}

/**
 * Gives each pixel of a raster of 3 or 4 channels another luma and leaves its hue, as OpenCV's 8-bit conversion to YCrCb and back
 * does with another Y; alpha stays.
 *
 * @param levels by pixel, row by row.
 */
export function withLuma(input: Raster, levels: Uint8Array): Raster {
  const kernels = loadKernels();
  return kernels === null ? withLumaScalar(input, levels) : withLumaVector(input, levels, kernels);
}

/** The same in plain arithmetic. */
export function withLumaScalar({ width, height, channels, data }: Raster, levels: Uint8Array): Raster {
  const output = new Uint8ClampedArray(data);
  for (let pixel = 0, at = 0; pixel < levels.length; pixel++, at += channels) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const old = lumaOf(red, green, blue);
    const cr = chroma(red - old, 11682);
    const cb = chroma(blue - old, 9241);
    const y = levels[pixel]!;
    output[at] = y + rounded(22987 * cr);
    output[at + 1] = y + rounded(-5636 * cb - 11698 * cr);
    output[at + 2] = y + rounded(29049 * cb);
  }
  return { width, height, channels, data: new Uint8Array(output.buffer) };
}

/** Pixels that are worked on at once: they stay in the second-level cache. */
const CHUNK = 1 << 15;
/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;

/** The same in vectors. */
export function withLumaVector(input: Raster, levels: Uint8Array, kernels: Kernels): Raster {
  const { width, height, channels, data } = input;
  const output = unwrittenRaster(width, height, channels);
  const areas = kernels.allocate([CHUNK * channels + SLACK, CHUNK + SLACK, CHUNK * channels + SLACK]);
  const [source, luma, target] = [areas[0]!, areas[1]!, areas[2]!];
  for (let first = 0; first < levels.length; first += CHUNK) {
    const pixels = Math.min(CHUNK, levels.length - first);
    source.set(data.subarray(first * channels, (first + pixels) * channels));
    luma.set(levels.subarray(first, first + pixels));
    kernels.functions.withLuma(source.byteOffset, luma.byteOffset, target.byteOffset, pixels, channels);
    output.data.set(target.subarray(0, pixels * channels), first * channels);
  }
  return output;
}

/** A difference of colours as YCrCb stores it, less the 128 in the middle. */
function chroma(difference: number, factor: number): number {
  return Math.min(255, Math.max(0, rounded(difference * factor + 128 * 16384))) - 128;
}
