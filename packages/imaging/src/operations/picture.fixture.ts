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
