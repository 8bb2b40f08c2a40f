import { createDeep, MOST, type DeepRaster } from './deep-raster.ts';

/** Rounds a number in 1/2¹⁴; all here have less than 32 bits. */
const rounded = (value: number): number => (value + 8192) >> 14;

/** Y of OpenCV's 16-bit YCrCb (BT.601). */
const lumaOf = (red: number, green: number, blue: number): number => rounded(4899 * red + 9617 * green + 1868 * blue);

/** The luma of each pixel of 1–4 channels, one channel; a gray raster gives its levels. */
export function deepLuma({ width, height, channels, data }: DeepRaster): DeepRaster {
  const luma = createDeep(width, height, 1);
  const target = luma.data;
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += channels) {
    target[pixel] = channels < 3 ? data[at]! : lumaOf(data[at]!, data[at + 1]!, data[at + 2]!);
  }
  return luma;
}

/** Gives each pixel of a raster of 3 or 4 channels another luma and leaves its hue; see `withLuma`. */
export function withDeepLuma({ width, height, channels, data }: DeepRaster, levels: Uint16Array): DeepRaster {
  const output = createDeep(width, height, channels);
  const target = output.data;
  for (let pixel = 0, at = 0; pixel < levels.length; pixel++, at += channels) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const old = lumaOf(red, green, blue);
    const cr = chroma(red - old, 11682);
    const cb = chroma(blue - old, 9241);
    const y = levels[pixel]!;
    target[at] = cut(y + rounded(22987 * cr));
    target[at + 1] = cut(y + rounded(-5636 * cb - 11698 * cr));
    target[at + 2] = cut(y + rounded(29049 * cb));
    if (channels === 4) target[at + 3] = data[at + 3]!;
  }
  return output;
}

const cut = (value: number): number => (value < 0 ? 0 : value > MOST ? MOST : value);

const MIDDLE = 32_768;

/** A difference of colours as YCrCb stores it, less the middle. */
function chroma(difference: number, factor: number): number {
  return cut(rounded(difference * factor + MIDDLE * 16_384)) - MIDDLE;
}
