import type { OperationParams, Size } from '@tessera/contracts';
import { runFilter, runScalar } from '../filter.ts';
import { inTurn, type RegionFilter } from '../in-turn.ts';
import { elementFilter } from './element-filter.ts';
import { elementOf } from './element.ts';
import { squareFilter, type Extreme } from './square-filter.ts';

type ElementParams = Pick<OperationParams<'dilate'>, 'ksize' | 'shape' | 'iterations'>;

/** Pixels around a region that are read to find the extremes of its neighbourhoods. */
export function elementHalo({ ksize, iterations }: ElementParams): number {
  return Math.floor(ksize / 2) * iterations;
}

/** The brightest or darkest of each neighbourhood, as often as is told. */
export function extremeOf(extreme: Extreme, params: ElementParams, picture: Size): RegionFilter {
  const { ksize, shape, iterations } = params;
  const square = squareFilter(extreme, ksize);
  const once: RegionFilter =
    shape === 'rectangle'
      ? (input, region) => runFilter(input, region, picture, square)
      : (input, region) => runScalar(input, region, picture, elementFilter(extreme, elementOf(shape, ksize)));
  let all = once;
  for (let time = 1; time < iterations; time++) all = inTurn(all, once, Math.floor(ksize / 2), picture);
  return all;
}
