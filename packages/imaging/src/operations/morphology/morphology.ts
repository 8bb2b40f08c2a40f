import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { hasAlpha, type Raster, type Samples, type Window } from '../../raster.ts';
import { recycle, unwrittenRaster } from '../../spare-memory.ts';
import { copyDeepAlpha } from '../deep/deep-filter.ts';
import { deepExtremeOf } from '../deep/deep-extreme.ts';
import { createDeep, type DeepRaster, type DeepWindow } from '../deep/deep-raster.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { copyAlpha } from '../run-tiles.ts';
import { inTurn, type RegionFilter } from '../in-turn.ts';
import { crop } from '../../crop.ts';
import { elementHalo, extremeOf } from './extreme-of.ts';

const shallow: NeighbourhoodOperation<'morphology'> = {
  op: 'morphology',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: (params) => elementHalo(params) * (params.kind === 'gradient' ? 1 : 2),
  apply,
};

/** Dilation and erosion combined, as OpenCV's `morphologyEx`. */
export const morphology = neighbourhoodInBoth(shallow, { apply: applyDeep });

function apply(input: Window, region: Region, picture: Size, params: OperationParams<'morphology'>): Raster {
  const extremes = { dilated: extremeOf('brightest', params, picture), eroded: extremeOf('darkest', params, picture) };
  return combined(input, region, picture, params, { ...extremes, subtract });
}

function applyDeep(
  input: DeepWindow,
  region: Region,
  picture: Size,
  params: OperationParams<'morphology'>,
): DeepRaster {
  const dilated = deepExtremeOf('brightest', params, picture);
  const eroded = deepExtremeOf('darkest', params, picture);
  return combined(input, region, picture, params, { dilated, eroded, subtract: subtractDeep });
}

/** What morphology is made of, in one depth. */
interface Parts<S extends Samples> {
  readonly dilated: RegionFilter<S>;
  readonly eroded: RegionFilter<S>;
  /** What the first has more than the second; alpha is the input's. */
  readonly subtract: (first: Raster<S>, second: Raster<S>, input: Window<S>, region: Region) => Raster<S>;
}

function combined<S extends Samples>(
  input: Window<S>,
  region: Region,
  picture: Size,
  params: OperationParams<'morphology'>,
  { dilated, eroded, subtract }: Parts<S>,
): Raster<S> {
  const halo = elementHalo(params);
  const opened = inTurn(eroded, dilated, halo, picture);
  const closed = inTurn(dilated, eroded, halo, picture);
  const difference = (first: Raster<S>, second: Raster<S>): Raster<S> => subtract(first, second, input, region);
  switch (params.kind) {
    case 'open':
      return opened(input, region);
    case 'close':
      return closed(input, region);
    case 'gradient':
      return difference(dilated(input, region), eroded(input, region));
    case 'top-hat':
      return difference(crop(input, region), opened(input, region));
    case 'black-hat':
      return difference(closed(input, region), crop(input, region));
  }
}

function subtractDeep(first: DeepRaster, second: DeepRaster, input: DeepWindow, region: Region): DeepRaster {
  const output = createDeep(first.width, first.height, first.channels);
  const { data } = output;
  for (let at = 0; at < data.length; at++) data[at] = Math.max(0, first.data[at]! - second.data[at]!);
  if (hasAlpha(output.channels)) copyDeepAlpha(input, region, output);
  return output;
}

/** What the first has more than the second: with an even side the second may be brighter. Alpha is the input's. */
function subtract(first: Raster, second: Raster, input: Window, region: Region): Raster {
  const output = unwrittenRaster(first.width, first.height, first.channels);
  for (let at = 0; at < output.data.length; at++) output.data[at] = Math.max(0, first.data[at]! - second.data[at]!);
  if (output.channels % 2 === 0) copyAlpha(input, region, output);
  recycle(first, input.raster);
  recycle(second, input.raster);
  return output;
}
