import type { NeighbourhoodOperation } from '../../operation.ts';
import { elementHalo, extremeOf } from './extreme-of.ts';

/** Each sample becomes the brightest of its neighbourhood; what lies outside the picture does not count. */
export const dilate: NeighbourhoodOperation<'dilate'> = {
  op: 'dilate',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: elementHalo,
  apply: (input, region, picture, params) => extremeOf('brightest', params, picture)(input, region),
};

/** Each sample becomes the darkest of its neighbourhood; what lies outside the picture does not count. */
export const erode: NeighbourhoodOperation<'erode'> = {
  op: 'erode',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: elementHalo,
  apply: (input, region, picture, params) => extremeOf('darkest', params, picture)(input, region),
};
