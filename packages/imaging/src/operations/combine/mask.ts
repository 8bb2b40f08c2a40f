import type { CombineOperation } from '../../operation.ts';
import { hasAlpha, type Raster } from '../../raster.ts';
import { maskDeep } from '../deep/deep-mask.ts';
import { combineInBoth } from '../deep/in-both-depths.ts';
import { toGray } from '../colour/grayscale.ts';
import { multiplyLevels } from './blend-modes.ts';
import { keepShares } from './keep-shares.ts';
import { layerOnce } from './layer.ts';
import { partSeen, placeAt } from './placing.ts';
import { fittedSize, scaledDeepOther, scaledNeeds, scaledOther } from './scaled.ts';
import { stripsOf } from './strips.ts';

const shallow: CombineOperation<'mask'> = {
  op: 'mask',
  kind: 'combine',
  channels: (input, { rest }) => (rest === 'transparent' && !hasAlpha(input) ? input + 1 : input),
  wish: ({ image }) => ({ kind: 'image', image }),
  second: ({ position, fit }, region, picture, other) => {
    const size = fittedSize(fit, other, picture);
    return scaledNeeds(partSeen(region, placeAt(position, size, picture), size), other, size);
  },
  apply: (input, own, region, picture, { source, rest, invert, position, fit }) => {
    const other = scaledOther(own, fittedSize(fit, own.size, picture));
    const place = placeAt(position, other.size, picture);
    const kept = new Uint8Array(region.width * region.height);
    for (const strip of stripsOf(region)) {
      kept.set(sharesOf(layerOnce(strip, other, place), source, invert), (strip.y - region.y) * region.width);
    }
    return keepShares(input, kept, rest === 'transparent');
  },
};

/**
 * Multiplies alpha, or the colours, by the luma (BT.601) or the alpha of another picture, in its own pixels or fitted to
 * this one, as shares of 255, rounded. Beside the other picture nothing is kept; the other way round all is.
 */
export const mask = combineInBoth(shallow, {
  apply: (input, own, region, picture, params) =>
    maskDeep(input, scaledDeepOther(own, fittedSize(params.fit, own.size, picture)), region, picture, params),
});

/** How much of each pixel is kept, 0–255. What is transparent in the other picture is taken for black. */
function sharesOf(layer: Raster, source: 'luma' | 'alpha', invert: boolean): Uint8Array {
  const { channels, data } = toGray(layer);
  if (channels === 1 && source === 'luma' && !invert) return data;
  const shares = new Uint8Array(data.length / channels);
  const flip = invert ? 255 : 0;
  for (let pixel = 0, at = 0; pixel < shares.length; pixel++, at += channels) {
    const alpha = channels === 2 ? data[at + 1]! : 255;
    shares[pixel] = (source === 'luma' ? multiplyLevels(data[at]!, alpha) : alpha) ^ flip;
  }
  return shares;
}
