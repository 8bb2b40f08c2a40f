import { paletteBytes, toLevels } from '@tessera/geo/page';
import type { TakenSamples } from './take-samples.ts';
import type { TileLook } from './tile-look.ts';

/** Red, green, blue and opacity of each sample; all four 0 where nothing was measured. */
export function colourSamples({ bands, valid }: TakenSamples, look: TileLook): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * valid.length);
  const chosen = look.kind === 'ramp' ? [look.band] : look.bands;
  const levels = chosen.map((band) => toLevels(bands[band] ?? bands[0]!, look.range));
  const ramp = look.kind === 'ramp' ? paletteBytes(look.palette) : undefined;
  const [first, second = first, third = first] = levels;
  if (!first || !second || !third) return pixels;
  for (let i = 0, at = 0; i < valid.length; i += 1, at += 4) {
    if (valid[i] === 0) continue;
    pixels[at] = ramp ? ramp[3 * first[i]!]! : first[i]!;
    pixels[at + 1] = ramp ? ramp[3 * first[i]! + 1]! : second[i]!;
    pixels[at + 2] = ramp ? ramp[3 * first[i]! + 2]! : third[i]!;
    pixels[at + 3] = 255;
  }
  return pixels;
}
