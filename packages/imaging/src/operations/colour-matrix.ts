import { createRaster, hasAlpha, type Raster } from '../raster.ts';
import { runPointFilter, type PointFilter } from './point-filter.ts';

/** What a colour is made of: the shares of red, green and blue (−3.9 to 3.9), and the level that is added (−1000 to 1000). */
export type Row = readonly [red: number, green: number, blue: number, constant: number];

/** How red, green and blue are made anew. */
export type ColourMatrix = readonly [red: Row, green: Row, blue: Row];

const BITS = 13;
const ONE = 1 << BITS;

/** Channels of a picture with colours made of one with `input` channels: 3, or 4 with alpha. */
export function colourfulChannels(input: number): number {
  return hasAlpha(input) ? 4 : 3;
}

/**
 * Mixes colours anew: `⌊(r R + g G + b B + constant) + ½⌋`, cut off at 0 and 255, with shares and constant in 1/2¹³. Gray
 * pictures get three equal colours first; alpha stays.
 */
export function mixColours(input: Raster, matrix: ColourMatrix): Raster {
  const colourful = withColours(input);
  return runPointFilter(colourful, matrixFilter(colourful.channels, matrix));
}

/** The filter for rasters of 3 or 4 channels. */
export function matrixFilter(channels: number, matrix: ColourMatrix): PointFilter {
  const fixed = Int32Array.from(
    matrix.flatMap(([red, green, blue, constant]) => [
      Math.round(red * ONE),
      Math.round(green * ONE),
      Math.round(blue * ONE),
      Math.round(constant * ONE) + ONE / 2,
    ]),
  );
  return {
    channels,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at += channels) {
        const [red, green, blue] = [source[at]!, source[at + 1]!, source[at + 2]!];
        for (let colour = 0; colour < 3; colour++) {
          const row = 4 * colour;
          const sum = fixed[row]! * red + fixed[row + 1]! * green + fixed[row + 2]! * blue + fixed[row + 3]!;
          target[at + colour] = Math.min(255, Math.max(0, sum >> BITS));
        }
        if (channels === 4) target[at + 3] = source[at + 3]!;
      }
    },
    parameters: fixed,
    vector: (functions, source, target, pixels, parameters) => {
      functions.colourMatrix(source, target, pixels, channels, parameters);
    },
  };
}

/** The same picture with three colours. */
export function withColours(input: Raster): Raster {
  const { width, height, channels, data } = input;
  if (channels > 2) return input;
  const output = createRaster(width, height, colourfulChannels(channels));
  for (let from = 0, to = 0; from < data.length; from += channels, to += output.channels) {
    const level = data[from]!;
    output.data[to] = level;
    output.data[to + 1] = level;
    output.data[to + 2] = level;
    if (channels === 2) output.data[to + 3] = data[from + 1]!;
  }
  return output;
}
