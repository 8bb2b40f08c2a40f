import type { Component } from '@tessera/contracts';
import type { GlobalOperation } from '../../../operation.ts';
import { toDepth } from '../../../depth.ts';
import { hasAlpha, isDeep, type Samples, type Window } from '../../../raster.ts';
import { colourfulChannels } from '../../colour-matrix.ts';
import { copyDeepAlpha } from '../../deep/deep-filter.ts';
import type { DeepRaster, DeepWindow } from '../../deep/deep-raster.ts';
import { BOTH_DEPTHS } from '../../deep/in-both-depths.ts';
import { copyAlpha } from '../../run-tiles.ts';
import { mergeObjects, type Numbered } from './merge-objects.ts';
import { objectMask } from './object-mask.ts';
import { observeObjects } from './observe-objects.ts';
import { numberObjects, paintObjects } from './paint-objects.ts';
import { decodePartial, encodePartial } from './partial.ts';
import { findObjects } from './region-objects.ts';
import { encodeState, readCell, readSummary } from './state.ts';

/**
 * Labels the connected components of what is brighter, or darker, than a level, in the raster order of their first pixels: with
 * 4 neighbours OpenCV's `connectedComponentsWithStats` does the same, with 8 its algorithm CCL_WU does (its default one goes by
 * blocks of 2 × 2 pixels). Regions tell which components touch their sides and how many others begin in each row; the merge
 * joins the former and numbers all; regions find their components again and paint them. Alpha stays.
 */
export const connectedComponents: GlobalOperation<'connected-components', Samples> = {
  op: 'connected-components',
  depths: BOTH_DEPTHS,
  kind: 'global',
  channels: colourfulChannels,
  halo: () => 0,
  observe: (input, region, picture, params) => {
    const objects = findObjects(objectMask(input, region, params), region, picture, params);
    return encodePartial(observeObjects(objects, region, params.least));
  },
  merge: (partials, grid, picture, params) =>
    encodeState(mergeObjects(partials.map(decodePartial), grid, picture, params)),
  apply: (input, region, index, state, picture, params) => {
    const objects = findObjects(objectMask(input, region, params), region, picture, params);
    const numbers = numberObjects(objects, readCell(state, index), params.least);
    const output = paintObjects(objects, numbers, region, colourfulChannels(input.raster.channels));
    if (isDeepWindow(input)) {
      const deep = toDepth(output, 16) as DeepRaster;
      if (hasAlpha(deep.channels)) copyDeepAlpha(input, region, deep);
      return deep;
    }
    if (hasAlpha(output.channels)) copyAlpha(input as Window, region, output);
    return output;
  },
  report: (state) => {
    const { count, pixels, largest } = readSummary(state);
    return { op: 'connected-components', count, pixels, components: largest.map(componentOf) };
  },
};

const isDeepWindow = (input: Window<Samples>): input is DeepWindow => isDeep(input.raster);

function componentOf({ number, area, left, top, right, bottom, sumX, sumY }: Numbered): Component {
  return { number, area, left, top, width: right - left, height: bottom - top, x: sumX / area, y: sumY / area };
}
