import type { OperationParams, Region, Size } from '@tessera/contracts';
import { reflect101, replicate, type BorderRule } from '../../border.ts';
import type { GeometryOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { bytesOfPixel, moveBytes } from '../deep/move-bytes.ts';
import { backgroundOf, fillBackground } from './background.ts';

type Params = OperationParams<'pad'>;

const shallow: GeometryOperation<'pad'> = {
  op: 'pad',
  kind: 'geometry',
  channels: (input) => input,
  size: ({ left, right, top, bottom }, { width, height }) => ({
    width: width + left + right,
    height: height + top + bottom,
  }),
  needs: (params, region, picture) => {
    const [x, width] = span(region.x - params.left, region.width, picture.width, params);
    const [y, height] = span(region.y - params.top, region.height, picture.height, params);
    return { x, y, width, height };
  },
  apply: (input, region, picture, params) =>
    padRegion(input, region, picture, params, backgroundOf(params, input.raster.channels)),
};

/** Rows and columns around the picture, as OpenCV's copyMakeBorder makes them. */
export const pad = geometryInBoth(shallow, {
  apply: (input, region, picture, params) => {
    const background = bytesOfPixel(backgroundOf(params, input.raster.channels));
    return moveBytes(input, (bytes) => padRegion(bytes, region, picture, params, background));
  },
});

const ruleOf = ({ border }: Params): BorderRule => (border === 'reflect' ? reflect101 : replicate);

/** First index and number of those that a stretch, which may begin and end outside, reads of a side. */
function span(start: number, length: number, side: number, params: Params): readonly [first: number, count: number] {
  const rule = ruleOf(params);
  let [first, last] = [side - 1, 0];
  // After one period every index was met.
  const end = start + Math.min(length, 2 * side);
  for (let index = start; index < end; index++) {
    const at = rule(index, side);
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  if (length > 2 * side) last = Math.max(last, rule(start + length - 1, side));
  return [first, last - first + 1];
}

function padRegion(input: Window, region: Region, picture: Size, params: Params, background: Uint8Array): Raster {
  const { channels, data, width } = input.raster;
  const output = unwrittenRaster(region.width, region.height, channels);
  const isFilled = params.border === 'constant';
  const rule = ruleOf(params);
  const within = (column: number): number => Math.min(region.width, Math.max(0, column));
  const left = within(params.left - region.x);
  const right = within(params.left - region.x + picture.width);
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row - params.top;
    const to = row * region.width * channels;
    const fill = (first: number, end: number): void => {
      fillBackground(output.data.subarray(to + first * channels, to + end * channels), background);
    };
    if (isFilled && (y < 0 || y >= picture.height)) {
      fill(0, region.width);
      continue;
    }
    const line = (rule(y, picture.height) - input.y) * width;
    const placeOf = (x: number): number => (line + x - input.x) * channels;
    if (left < right) {
      const from = placeOf(region.x + left - params.left);
      output.data.set(data.subarray(from, from + (right - left) * channels), to + left * channels);
    }
    for (const [first, end] of [
      [0, Math.min(left, right)],
      [Math.max(left, right), region.width],
    ] as const) {
      if (isFilled) {
        fill(first, end);
        continue;
      }
      for (let column = first; column < end; column++) {
        const from = placeOf(rule(region.x + column - params.left, picture.width));
        for (let c = 0; c < channels; c++) output.data[to + column * channels + c] = data[from + c]!;
      }
    }
  }
  return output;
}
