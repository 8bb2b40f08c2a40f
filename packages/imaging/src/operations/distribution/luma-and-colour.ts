import { createRaster, type Raster } from '../../raster.ts';
import type { LevelTable } from '../level-table.ts';

/** 14 bits behind the point, as OpenCV 4 computes with 8-bit pixels. */
const SHIFT = 14;
const HALF = 1 << (SHIFT - 1);
/** Luma of red, green and blue: 0.299, 0.587, 0.114. */
const LUMA = [4899, 9617, 1868] as const;
/** From red − Y to Cr and from blue − Y to Cb, and back: to red and blue, and both to green. */
const TO_CR = 11682;
const TO_CB = 9241;
const RED_OF_CR = 22987;
const GREEN_OF_CR = -11698;
const GREEN_OF_CB = -5636;
const BLUE_OF_CB = 29049;

const cut = (value: number): number => Math.min(255, Math.max(0, value));
const scaled = (value: number): number => (value + HALF) >> SHIFT;

const lumaOf = (red: number, green: number, blue: number): number =>
  scaled(LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue);

/** The luma Y of YCrCb, one channel; a gray raster gives its levels. */
export function lumaRaster({ width, height, channels, data }: Raster): Raster {
  const luma = createRaster(width, height, 1);
  const target = luma.data;
  for (let from = 0, to = 0; from < data.length; from += channels, to++) {
    target[to] = channels < 3 ? data[from]! : lumaOf(data[from]!, data[from + 1]!, data[from + 2]!);
  }
  return luma;
}

/**
 * A raster of colours whose luma is replaced by that of a table: to YCrCb and back, in the whole numbers of OpenCV's
 * `cvtColor` for 8 bits. Alpha stays.
 */
export function mapLuma({ width, height, channels, data }: Raster, table: LevelTable): Raster {
  const output = createRaster(width, height, channels);
  const target = output.data;
  for (let at = 0; at < data.length; at += channels) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const luma = lumaOf(red, green, blue);
    const cr = cut(scaled((red - luma) * TO_CR + (128 << SHIFT))) - 128;
    const cb = cut(scaled((blue - luma) * TO_CB + (128 << SHIFT))) - 128;
    const mapped = table[luma]!;
    target[at] = cut(mapped + scaled(cr * RED_OF_CR));
    target[at + 1] = cut(mapped + scaled(cb * GREEN_OF_CB + cr * GREEN_OF_CR));
    target[at + 2] = cut(mapped + scaled(cb * BLUE_OF_CB));
    if (channels === 4) target[at + 3] = data[at + 3]!;
  }
  return output;
}
