import type { GlobalOperation } from '../../../operation.ts';
import { createRaster } from '../../../raster.ts';
import { recycle } from '../../../spare-memory.ts';
import { grayChannels } from '../../colour/grayscale.ts';
import { copyAlpha } from '../../run-tiles.ts';
import { cannyHalo, classify } from './classify.ts';
import { mergeEdges, observeEdges, paintEdges } from './edge-runs.ts';

/**
 * Canny's edges (J. Canny, 1986), as OpenCV's function computes them from the colours: white edges on black, alpha kept.
 * A weak edge counts where it is connected to a strong one, however far away, so no halo is enough: regions tell which
 * components touch their sides, the merge joins them, and each region keeps the components that hold a strong pixel
 * anywhere.
 */
export const canny: GlobalOperation<'canny'> = {
  op: 'canny',
  kind: 'global',
  channels: grayChannels,
  halo: cannyHalo,
  observe: (input, region, picture, params) => {
    const classes = classify(input, region, picture, params);
    const partial = observeEdges(classes, region, picture);
    recycle(classes);
    return partial;
  },
  merge: mergeEdges,
  apply: (input, region, index, state, picture, params) => {
    const output = createRaster(region.width, region.height, grayChannels(input.raster.channels));
    const { data, channels } = output;
    const classes = classify(input, region, picture, params);
    paintEdges(classes, region, index, state, picture, (y, start, end) => {
      const line = y * region.width;
      for (let x = start; x < end; x++) data[(line + x) * channels] = 255;
    });
    recycle(classes);
    if (channels === 2) copyAlpha(input, region, output);
    return output;
  },
};
