import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import { toLevels } from './levels.ts';
import type { ValueRange } from './value-range.ts';

/**
 * Makes a picture of three bands, one for each colour.
 *
 * @param bands Numbers of the bands for red, green and blue, from 0.
 * @param ranges For each of them.
 * @returns Red, green, blue and opacity of each sample; all four 0 where one of the bands was not measured.
 * @throws AppError INTERNAL if the block lacks a band.
 */
export function composeColours(
  block: RasterBlock,
  bands: readonly [number, number, number],
  ranges: readonly [ValueRange, ValueRange, ValueRange],
): Uint8Array<ArrayBuffer> {
  const count = block.width * block.height;
  const pixels = new Uint8Array(4 * count).fill(255);
  bands.forEach((band, colour) => {
    const samples = block.bands[band];
    if (samples === undefined) throw new AppError('INTERNAL', { details: { what: 'band of a picture', band } });
    const levels = toLevels(samples, ranges[colour]!);
    for (let i = 0, at = colour; i < count; i++, at += 4) pixels[at] = levels[i]!;
  });
  for (const valid of bands.flatMap((band) => block.valid[band] ?? []))
    for (let i = 0; i < count; i++) if (valid[i] === 0) pixels.fill(0, 4 * i, 4 * i + 4);
  return pixels;
}
