import type { Depth } from '@tessera/contracts';

/** Samples of 8 bits, 0–255, or of 16, 0–65535. */
export type Samples = Uint8Array | Uint16Array;

/** The arrays that hold samples of a depth. */
export type SamplesOf<D extends Depth> = D extends 8 ? Uint8Array : Uint16Array;

/**
 * Pixels, row-major and interleaved: `data.length === width * height * channels`, sample (x, y, c) at
 * `(y * width + x) * channels + c`. 1 channel is gray, 2 gray + alpha, 3 RGB, 4 RGB + alpha; alpha is not premultiplied.
 * Samples are of 8 bits unless the type says otherwise: `Raster<Samples>` may be of 16.
 */
export interface Raster<S extends Samples = Uint8Array> {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: S;
}

/** A raster whose top left pixel stands at column `x`, row `y` of the picture it was cut from. */
export interface Window<S extends Samples = Uint8Array> {
  readonly x: number;
  readonly y: number;
  readonly raster: Raster<S>;
}

/** Number of channels that carry colour: all but alpha. */
export function colourChannels(channels: number): number {
  return channels === 2 || channels === 4 ? channels - 1 : channels;
}

/** Tells whether the last channel is alpha. */
export function hasAlpha(channels: number): boolean {
  return channels === 2 || channels === 4;
}

/** `count` samples of zero. */
export function createSamples<D extends Depth>(count: number, depth: D): SamplesOf<D> {
  return (depth === 8 ? new Uint8Array(count) : new Uint16Array(count)) as SamplesOf<D>;
}

/** A raster of zeros. */
export function createRaster(width: number, height: number, channels: number): Raster;
export function createRaster<D extends Depth>(
  width: number,
  height: number,
  channels: number,
  depth: D,
): Raster<SamplesOf<D>>;
export function createRaster(width: number, height: number, channels: number, depth: Depth = 8): Raster<Samples> {
  return { width, height, channels, data: createSamples(width * height * channels, depth) };
}

/** Bits of a raster's samples. */
export function depthOf({ data }: Raster<Samples>): Depth {
  return data instanceof Uint16Array ? 16 : 8;
}

/** Tells a raster of 16 bits from one of 8. */
export function isDeep(raster: Raster<Samples>): raster is Raster<Uint16Array> {
  return raster.data instanceof Uint16Array;
}

/** The largest sample: white, or wholly opaque. */
export function sampleMax(depth: Depth): number {
  return depth === 8 ? 255 : 65_535;
}

/** Bytes that a sample takes in memory and in scratch files. */
export function sampleBytes(depth: Depth): number {
  return depth / 8;
}

/** The samples as they lie in memory, little-endian on every machine this runs on; shares its memory. */
export function bytesOf({ buffer, byteOffset, byteLength }: Samples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
