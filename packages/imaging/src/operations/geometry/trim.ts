import type { OperationParams, Region } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { GlobalOperation } from '../../operation.ts';
import { hasAlpha, type Raster } from '../../raster.ts';
import { pixelsOf } from '../distribution/histogram.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';
import { backgroundOf as backgroundPixel } from './background.ts';

/** First what the background is, as its channels; then the rectangle that holds all that differs from it, if anything does. */
const BACKGROUND = 0;
const BOX = 1;

/**
 * Cuts off the border whose pixels are all like the background. Where the corner decides, the region that has it tells of it
 * in the first round; then each region tells which rectangle of it differs, and the merge joins these. What is applied cuts
 * off nothing: whoever knows the state reads `box`, and puts a crop in its place.
 */
export const trim: GlobalOperation<'trim'> = {
  op: 'trim',
  kind: 'global',
  channels: (input) => input,
  halo: () => 0,
  rounds: ({ background }) => (background === 'corner' ? 2 : 1),

  observe(input, region, _picture, params, before) {
    const raster = pixelsOf(input, region);
    if (before === undefined && params.background === 'corner') {
      const isCorner = region.x === 0 && region.y === 0;
      return encodeNumbers(isCorner ? [BACKGROUND, ...raster.data.subarray(0, raster.channels)] : []);
    }
    const ground = before
      ? foundBackground(before)
      : backgroundPixel({ colour: params.colour, opacity: 100 }, raster.channels);
    const box = differing(raster, ground, params);
    return encodeNumbers(
      box ? [BOX, region.x + box.x, region.y + box.y, region.x + box.x + box.width, region.y + box.y + box.height] : [],
    );
  },

  merge(partials, _grid, _picture, params, before) {
    const told = partials.map((bytes) => decodeNumbers(bytes, 'trim')).filter(({ length }) => length > 0);
    if (before === undefined && params.background === 'corner') {
      const [corner] = told;
      if (corner === undefined) throw new AppError('STORE_CORRUPT', { details: { what: 'trim: no corner' } });
      return encodeNumbers(corner);
    }
    if (told.length === 0) return encodeNumbers([BOX]);
    const at = (n: number): readonly number[] => told.map((numbers) => numbers[n] ?? 0);
    return encodeNumbers([BOX, Math.min(...at(1)), Math.min(...at(2)), Math.max(...at(3)), Math.max(...at(4))]);
  },

  apply: (input, region) => pixelsOf(input, region),

  box(state, { width, height }) {
    const [kind, left = 0, top = 0, right = width, bottom = height] = decodeNumbers(state, 'trim');
    if (kind !== BOX) throw new AppError('STORE_CORRUPT', { details: { what: 'trim: no rectangle' } });
    return { x: left, y: top, width: right - left, height: bottom - top };
  },
};

function foundBackground(state: Uint8Array): readonly number[] {
  const [kind, ...pixel] = decodeNumbers(state, 'trim');
  if (kind !== BACKGROUND) throw new AppError('STORE_CORRUPT', { details: { what: 'trim: no background' } });
  return pixel;
}

/** The rectangle of a raster that holds all pixels unlike the background; undefined: there are none. */
function differing(raster: Raster, ground: ArrayLike<number>, params: OperationParams<'trim'>): Region | undefined {
  const { width, height } = raster;
  const differs = comparison(raster, ground, params);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let first = 0;
    while (first < width && !differs(row + first)) first++;
    if (first === width) continue;
    let last = width - 1;
    while (!differs(row + last)) last--;
    if (top === height) top = y;
    bottom = y + 1;
    left = Math.min(left, first);
    right = Math.max(right, last + 1);
  }
  return bottom === 0 ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether a pixel is unlike the background. What is transparent has no colour. */
function comparison(
  { data, channels }: Raster,
  ground: ArrayLike<number>,
  { threshold, background }: OperationParams<'trim'>,
): (pixel: number) => boolean {
  const alpha = channels - 1;
  const transparent = hasAlpha(channels) && ground[alpha] === 0;
  const coloured = hasAlpha(channels) && background === 'colour';
  const first = transparent ? alpha : 0;
  return (pixel) => {
    const at = pixel * channels;
    // Whatever shows nothing is cut off, too.
    if (coloured && data[at + alpha]! <= threshold) return false;
    for (let n = first; n < channels; n++) {
      if (coloured && n === alpha) continue;
      if (Math.abs(data[at + n]! - ground[n]!) > threshold) return true;
    }
    return false;
  };
}
