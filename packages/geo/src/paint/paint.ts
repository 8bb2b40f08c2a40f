import type { Palette } from '@tessera/contracts';
import type { Samples } from '../raster/sample-type.ts';
import { toLevels } from './levels.ts';
import { RAMP_COLOURS, paletteBytes } from './palette.ts';
import type { ValueRange } from './value-range.ts';

/** One byte per sample, 1 where it was measured; `undefined`: everywhere. */
export type Mask = Uint8Array | undefined;

/**
 * Paints a band by a ramp of colours.
 *
 * @returns Red, green, blue and opacity of each sample; all four 0 where nothing was measured.
 */
export function paint(samples: Samples, valid: Mask, palette: Palette, range: ValueRange): Uint8Array<ArrayBuffer> {
  const levels = toLevels(samples, range);
  const ramp = rampPixels(palette);
  const pixels = new Uint32Array(samples.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = ramp[levels[i]!]!;
  if (valid) for (let i = 0; i < pixels.length; i++) pixels[i]! *= valid[i]!;
  return new Uint8Array(pixels.buffer);
}

/** The same without opacity: red, green and blue, and 0 where nothing was measured. */
export function paintOpaque(
  samples: Samples,
  valid: Mask,
  palette: Palette,
  range: ValueRange,
): Uint8Array<ArrayBuffer> {
  const levels = toLevels(samples, range);
  const ramp = paletteBytes(palette);
  const pixels = new Uint8Array(3 * samples.length);
  for (let i = 0, at = 0; i < levels.length; i++, at += 3) {
    if (valid?.[i] === 0) continue;
    const from = 3 * levels[i]!;
    pixels[at] = ramp[from]!;
    pixels[at + 1] = ramp[from + 1]!;
    pixels[at + 2] = ramp[from + 2]!;
  }
  return pixels;
}

/** A pixel of four bytes for each level, in the order of this machine's memory. */
function rampPixels(palette: Palette): Uint32Array {
  const colours = paletteBytes(palette);
  const bytes = new Uint8Array(4 * RAMP_COLOURS).fill(255);
  for (let level = 0; level < RAMP_COLOURS; level++) bytes.set(colours.subarray(3 * level, 3 * level + 3), 4 * level);
  return new Uint32Array(bytes.buffer);
}
