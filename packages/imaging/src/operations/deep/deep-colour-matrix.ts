import { hasAlpha } from '../../raster.ts';
import { colourfulChannels, type ColourMatrix } from '../colour-matrix.ts';
import { createDeep, MOST, PER_LEVEL, type DeepRaster } from './deep-raster.ts';

/** Parts that shares are told in: sums of three products with levels are exact in a floating point number. */
const ONE = 2 ** 24;

/** Mixes colours anew, see `mixColours`, with shares in 1/2²⁴; gray pictures get three equal colours first. */
export function mixDeepColours(input: DeepRaster, matrix: ColourMatrix): DeepRaster {
  const { width, height, channels, data: source } = withDeepColours(input);
  const output = createDeep(width, height, channels);
  const target = output.data;
  const fixed = Float64Array.from(
    matrix.flatMap(([red, green, blue, constant]) => [
      Math.round(red * ONE),
      Math.round(green * ONE),
      Math.round(blue * ONE),
      Math.round(constant * PER_LEVEL * ONE) + ONE / 2,
    ]),
  );
  for (let at = 0; at < source.length; at += channels) {
    const [red, green, blue] = [source[at]!, source[at + 1]!, source[at + 2]!];
    for (let colour = 0; colour < 3; colour++) {
      const row = 4 * colour;
      const sum = fixed[row]! * red + fixed[row + 1]! * green + fixed[row + 2]! * blue + fixed[row + 3]!;
      target[at + colour] = Math.min(MOST, Math.max(0, Math.floor(sum / ONE)));
    }
    if (channels === 4) target[at + 3] = source[at + 3]!;
  }
  return output;
}

/** The same picture with three colours. */
export function withDeepColours(input: DeepRaster): DeepRaster {
  const { width, height, channels, data } = input;
  if (channels > 2) return input;
  const output = createDeep(width, height, colourfulChannels(channels));
  for (let from = 0, to = 0; from < data.length; from += channels, to += output.channels) {
    output.data.fill(data[from]!, to, to + 3);
    if (hasAlpha(channels)) output.data[to + 3] = data[from + 1]!;
  }
  return output;
}
