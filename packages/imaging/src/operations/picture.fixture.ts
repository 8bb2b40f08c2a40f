import fc from 'fast-check';
import type { Raster } from '../raster.ts';

/** Pixels from a seed (a linear congruential generator), with `levels` different levels that lie `255 / levels` apart. */
export function noise(width: number, height: number, channels: number, seed: number, levels: number): Raster {
  const data = new Uint8Array(width * height * channels);
  let state = seed >>> 0;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[index] = Math.floor((((state >>> 8) % levels) * 255) / Math.max(1, levels - 1));
  }
  return { width, height, channels, data };
}

/** The same picture in 16 bits: every level 257 times as high. */
export function deepened({ width, height, channels, data }: Raster): Raster<Uint16Array> {
  return { width, height, channels, data: Uint16Array.from(data, (level) => 257 * level) };
}

/** Noise of 16 bits: of few levels that lie far apart, of neighbouring ones, and of all. */
export function deepNoise(width: number, height: number, channels: number, seed: number): Raster<Uint16Array> {
  const [high, low] = [1, 7919].map((step) => noise(width, height, channels, seed + step, 256).data);
  const kinds = [
    (at: number) => 257 * (high![at]! & 0xc0),
    (at: number) => 32_700 + (low![at]! >> 1),
    (at: number) => 256 * high![at]! + low![at]!,
    (at: number) => (high![at]! & 1) * 65_535,
  ];
  const kind = kinds[seed % kinds.length]!;
  return { width, height, channels, data: Uint16Array.from(high!, (_, at) => kind(at)) };
}

/** Small pictures of 16 bits and of 1–4 channels: `deepNoise`, one row, one column, one pixel. */
export function deepPictures(largest = 24): fc.Arbitrary<Raster<Uint16Array>> {
  const side = fc.oneof(fc.constantFrom(1, 2, 7, 16, 17), fc.integer({ min: 1, max: largest }));
  return fc
    .tuple(side, side, fc.integer({ min: 1, max: 4 }), fc.nat())
    .map(([width, height, channels, seed]) => deepNoise(width, height, channels, seed));
}

/** A line that runs to and fro over the whole picture, weak for canny everywhere but at its end. */
export function serpentine(width: number, height: number, pitch = 8): Raster {
  const data = new Uint8Array(width * height);
  const half = pitch / 2;
  const fill = (left: number, top: number, right: number, bottom: number, level: number): void => {
    for (let y = top; y < bottom; y++) data.fill(level, y * width + left, y * width + right);
  };
  let y = 2;
  for (let number = 0; ; number++) {
    fill(2, y, width - 2, y + half, 30);
    if (y + pitch >= height - half - 1) break;
    const x = number % 2 === 0 ? width - 2 - half : 2;
    fill(x, y, x + half, y + pitch + half, 30);
    y += pitch;
  }
  fill(width >> 1, y, (width >> 1) + 8, y + half, 255);
  return { width, height, channels: 1, data };
}

/** Small pictures of 1–4 channels: noise of few and of many levels, one row, one column, one pixel, flat areas. */
export function pictures(largest = 48): fc.Arbitrary<Raster> {
  const side = fc.oneof(fc.constantFrom(1, 2, 3, 5, 7, 16, 17), fc.integer({ min: 1, max: largest }));
  return fc
    .tuple(side, side, fc.integer({ min: 1, max: 4 }), fc.nat(), fc.constantFrom(1, 2, 4, 16, 256))
    .map(([width, height, channels, seed, levels]) => noise(width, height, channels, seed, levels));
}
