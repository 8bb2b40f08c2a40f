import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepExtremeOf } from '../deep/deep-extreme.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { elementHalo, extremeOf } from './extreme-of.ts';

const shallowDilate: NeighbourhoodOperation<'dilate'> = {
  op: 'dilate',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: elementHalo,
  apply: (input, region, picture, params) => extremeOf('brightest', params, picture)(input, region),
};

/** Each sample becomes the brightest of its neighbourhood; what lies outside the picture does not count. */
export const dilate = neighbourhoodInBoth(shallowDilate, {
  apply: (input, region, picture, params) => deepExtremeOf('brightest', params, picture)(input, region),
});

const shallowErode: NeighbourhoodOperation<'erode'> = {
  op: 'erode',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: elementHalo,
  apply: (input, region, picture, params) => extremeOf('darkest', params, picture)(input, region),
};

/** Each sample becomes the darkest of its neighbourhood; what lies outside the picture does not count. */
export const erode = neighbourhoodInBoth(shallowErode, {
  apply: (input, region, picture, params) => deepExtremeOf('darkest', params, picture)(input, region),
});
