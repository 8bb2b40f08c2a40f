import type { OperationParams, Region, Size } from '@tessera/contracts';
import { crop } from '../../crop.ts';
import type { GlobalOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { grow } from '../../region.ts';
import { recycle } from '../../spare-memory.ts';
import { boxFilter } from '../blur/box-blur.ts';
import { colourfulChannels, withColours } from '../colour-matrix.ts';
import { runFilter } from '../filter.ts';
import { hexColour } from '../hex-colour.ts';
import { mapLevels, tableOf } from '../level-table.ts';
import { cannyHalo, classify } from './canny/classify.ts';
import { mergeEdges, observeEdges, paintEdges } from './canny/edge-runs.ts';

type Params = OperationParams<'overlay-edges'>;

/**
 * Canny's edges of the smoothed picture (`boxFilter`, then |dx| + |dy|) in one colour over the picture itself, whose levels
 * are multiplied by the brightness, ⌊v b + ½⌋. Alpha stays.
 */
export const overlayEdges: GlobalOperation<'overlay-edges'> = {
  op: 'overlay-edges',
  kind: 'global',
  channels: colourfulChannels,
  halo: (params) => cannyHalo(cannyOf(params)) + (params.blur - 1) / 2,
  observe: (input, region, picture, params) => {
    const classes = classesOf(input, region, picture, params);
    const partial = observeEdges(classes, region, picture);
    recycle(classes);
    return partial;
  },
  merge: mergeEdges,
  apply: (input, region, index, state, picture, params) => {
    const pixels = crop(input, region);
    const dimmed = mapLevels(
      pixels,
      tableOf((level) => level * params.brightness),
    );
    const output = withColours(dimmed);
    recycle(pixels, dimmed);
    recycle(dimmed, output);
    const { data, channels, width } = output;
    const [red, green, blue] = hexColour(params.colour);
    const classes = classesOf(input, region, picture, params);
    paintEdges(classes, region, index, state, picture, (y, start, end) => {
      for (let at = (y * width + start) * channels; at < (y * width + end) * channels; at += channels) {
        data[at] = red;
        data[at + 1] = green;
        data[at + 2] = blue;
      }
    });
    recycle(classes);
    return output;
  },
};

const cannyOf = ({ low, high, aperture }: Params): OperationParams<'canny'> => ({ low, high, aperture, l2: false });

/** The class of each pixel of the region, after smoothing. */
function classesOf(input: Window, region: Region, picture: Size, params: Params): Raster {
  const between = grow(region, cannyHalo(cannyOf(params)), picture);
  const smooth = runFilter(input, between, picture, boxFilter(params.blur));
  const classes = classify({ x: between.x, y: between.y, raster: smooth }, region, picture, cannyOf(params));
  recycle(smooth);
  return classes;
}
