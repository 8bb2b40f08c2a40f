import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { recycle, unwrittenRaster } from '../../spare-memory.ts';
import { copyAlpha } from '../run-tiles.ts';
import { inTurn } from '../in-turn.ts';
import { crop } from '../../crop.ts';
import { elementHalo, extremeOf } from './extreme-of.ts';

/** Dilation and erosion combined, as OpenCV's `morphologyEx`. */
export const morphology: NeighbourhoodOperation<'morphology'> = {
  op: 'morphology',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: (params) => elementHalo(params) * (params.kind === 'gradient' ? 1 : 2),
  apply,
};

function apply(input: Window, region: Region, picture: Size, params: OperationParams<'morphology'>): Raster {
  const dilated = extremeOf('brightest', params, picture);
  const eroded = extremeOf('darkest', params, picture);
  const halo = elementHalo(params);
  const opened = inTurn(eroded, dilated, halo, picture);
  const closed = inTurn(dilated, eroded, halo, picture);
  const difference = (first: Raster, second: Raster): Raster => subtract(first, second, input, region);
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

/** What the first has more than the second: with an even side the second may be brighter. Alpha is the input's. */
function subtract(first: Raster, second: Raster, input: Window, region: Region): Raster {
  const output = unwrittenRaster(first.width, first.height, first.channels);
  for (let at = 0; at < output.data.length; at++) output.data[at] = Math.max(0, first.data[at]! - second.data[at]!);
  if (output.channels % 2 === 0) copyAlpha(input, region, output);
  recycle(first, input.raster);
  recycle(second, input.raster);
  return output;
}
