import { createRaster, type Raster } from '../../raster.ts';

/** Rounds a number in 1/2¹⁴. */
const rounded = (value: number): number => (value + 8192) >> 14;

/** Y of OpenCV's 8-bit YCrCb (BT.601). */
const lumaOf = (red: number, green: number, blue: number): number => rounded(4899 * red + 9617 * green + 1868 * blue);

/** The luma of each pixel, one channel; a gray raster gives its levels. */
export function lumaRaster({ width, height, channels, data }: Raster): Raster {
  const luma = createRaster(width, height, 1);
  const target = luma.data;
  for (let pixel = 0, at = 0; pixel < target.length; pixel++, at += channels) {
    target[pixel] = channels < 3 ? data[at]! : lumaOf(data[at]!, data[at + 1]!, data[at + 2]!);
  }
  return luma;
}

/**
 * Gives each pixel of a raster of 3 or 4 channels another luma and leaves its hue, as OpenCV's 8-bit conversion to YCrCb and back
 * does with another Y; alpha stays.
 *
 * @param luma by pixel, row by row.
 */
export function withLuma({ width, height, channels, data }: Raster, luma: Uint8Array): Raster {
  const output = new Uint8ClampedArray(data);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += channels) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const old = lumaOf(red, green, blue);
    const cr = chroma(red - old, 11682);
    const cb = chroma(blue - old, 9241);
    const y = luma[pixel]!;
    output[at] = y + rounded(22987 * cr);
    output[at + 1] = y + rounded(-5636 * cb - 11698 * cr);
    output[at + 2] = y + rounded(29049 * cb);
  }
  return { width, height, channels, data: new Uint8Array(output.buffer) };
}

/** A difference of colours as YCrCb stores it, less the 128 in the middle. */
function chroma(difference: number, factor: number): number {
  return Math.min(255, Math.max(0, rounded(difference * factor + 128 * 16384))) - 128;
}
