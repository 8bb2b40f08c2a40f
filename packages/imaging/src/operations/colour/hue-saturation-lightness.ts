import type { OperationParams } from '@tessera/contracts';
import type { PointOperation } from '../../operation.ts';
import { depthOf, type Raster, type Samples } from '../../raster.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { MOST } from '../deep/deep-raster.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';

const shallow: PointOperation<'hue-saturation-lightness'> = {
  op: 'hue-saturation-lightness',
  kind: 'point',
  channels: (input) => input,
  apply: (input, params) => turned(input, params, 255),
};

/**
 * Colours by hue, saturation and lightness (A. R. Smith, Color gamut transform pairs, 1978, as CSS Color 4 defines HSL):
 * hues are turned, saturation is multiplied, lightness moved towards black or white. Alpha stays.
 */
export const hueSaturationLightness = pointInBoth(shallow, {
  apply: (input, params) => turned(input, params, MOST),
});

/** One loop for both depths: it computes so much for each pixel that it is no slower by that. */
function turned<S extends Samples>(
  input: Raster<S>,
  params: OperationParams<'hue-saturation-lightness'>,
  white: number,
): Raster<S> {
  const { width, height, channels, data } = input;
  const output = unwrittenRaster(width, height, channels, depthOf(input)) as Raster<S>;
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
    const sum = (most + least) / white;
    const lightness = kept * (sum / 2) + added;
    const chroma = most - least;
    let reach = 0;
    let sextant = turn;
    if (chroma > 0) {
      const saturation = Math.min(1, (stronger * (chroma / white)) / (sum < 1 ? sum : 2 - sum));
      reach = saturation * Math.min(lightness, 1 - lightness);
      if (most === red) sextant += (green - blue) / chroma;
      else sextant += most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
    }
    if (gray) {
      target[at] = white * lightness + 0.5;
      if (channels === 2) target[at + 1] = data[at + 1]!;
      continue;
    }
    target[at] = white * (lightness - reach * away(sextant)) + 0.5;
    target[at + 1] = white * (lightness - reach * away(sextant + 4)) + 0.5;
    target[at + 2] = white * (lightness - reach * away(sextant + 2)) + 0.5;
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
