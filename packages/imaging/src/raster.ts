/**
 * 8-bit pixels, row-major and interleaved: `data.length === width * height * channels`, sample (x, y, c) at
 * `(y * width + x) * channels + c`. 1 channel is gray, 2 gray + alpha, 3 RGB, 4 RGB + alpha; alpha is not premultiplied.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** A raster whose top left pixel stands at column `x`, row `y` of the picture it was cut from. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly raster: Raster;
}

/** Number of channels that carry colour: all but alpha. */
export function colourChannels(channels: number): number {
  return channels === 2 || channels === 4 ? channels - 1 : channels;
}

/** Tells whether the last channel is alpha. */
export function hasAlpha(channels: number): boolean {
  return channels === 2 || channels === 4;
}

/** A raster of zeros. */
export function createRaster(width: number, height: number, channels: number): Raster {
  return { width, height, channels, data: new Uint8Array(width * height * channels) };
}
