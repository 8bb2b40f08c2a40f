import type { OperationParams } from '@tessera/contracts';
import { createDeep, MOST, type DeepRaster } from './deep-raster.ts';

/** Hue, saturation and lightness of 16 bits, in numbers of 64. */
export function turnDeepHues(input: DeepRaster, params: OperationParams<'hue-saturation-lightness'>): DeepRaster {
  const { width, height, channels, data } = input;
  const output = createDeep(width, height, channels);
  const target = output.data;
  const gray = channels < 3;
  const turn = params.hue / 60 + 6;
  const stronger = 1 + params.saturation / 100;
  const [kept, added] =
    params.lightness < 0 ? [1 + params.lightness / 100, 0] : [1 - params.lightness / 100, params.lightness / 100];
  for (let at = 0; at < data.length; at += channels) {
    const red = data[at]!;
    const green = gray ? red : data[at + 1]!;
    const blue = gray ? red : data[at + 2]!;
    const most = Math.max(red, green, blue);
    const least = Math.min(red, green, blue);
    const sum = (most + least) / MOST;
    const lightness = kept * (sum / 2) + added;
    const chroma = most - least;
    let reach = 0;
    let sextant = turn;
    if (chroma > 0) {
      const saturation = Math.min(1, (stronger * (chroma / MOST)) / (sum < 1 ? sum : 2 - sum));
      reach = saturation * Math.min(lightness, 1 - lightness);
      if (most === red) sextant += (green - blue) / chroma;
      else sextant += most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
    }
    if (gray) {
      target[at] = MOST * lightness + 0.5;
      if (channels === 2) target[at + 1] = data[at + 1]!;
      continue;
    }
    target[at] = MOST * (lightness - reach * away(sextant)) + 0.5;
    target[at + 1] = MOST * (lightness - reach * away(sextant + 4)) + 0.5;
    target[at + 2] = MOST * (lightness - reach * away(sextant + 2)) + 0.5;
    if (channels === 4) target[at + 3] = data[at + 3]!;
  }
  return output;
}

/** How far a colour is from its brightest, −1 to 1, by the sixth of the circle (0 or more) that is counted from it. */
function away(sextant: number): number {
  // Plain remainders cost much more; these differences are exact.
  let place = sextant;
  while (place >= 6) place -= 6;
  const distance = place < 3 ? place : 6 - place;
  return Math.max(-1, Math.min(1, 2 * distance - 3));
}
