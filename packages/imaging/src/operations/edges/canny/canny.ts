import { AppError } from '@tessera/runtime/app-error';
import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { GlobalOperation } from '../../../operation.ts';
import { createRaster, type Raster, type Window } from '../../../raster.ts';
import { grayChannels } from '../../colour/grayscale.ts';
import { copyAlpha } from '../../run-tiles.ts';
import { bitAt, bitBytes } from './bits.ts';
import { labelBorder } from './border-labels.ts';
import { cannyHalo, classify } from './classify.ts';
import { findComponents } from './components.ts';
import { mergeLabels } from './merge.ts';
import { decodePartial, encodePartial } from './partial.ts';
import { encodeState, stateOfCell } from './state.ts';

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
  observe,
  merge: (partials, grid, picture) => encodeState(mergeLabels(partials.map(decodePartial), grid, picture)),
  apply,
};

function observe(input: Window, region: Region, picture: Size, params: OperationParams<'canny'>): Uint8Array {
  const components = findComponents(classify(input, region, picture, params));
  return encodePartial(labelBorder(components, region, picture));
}

function apply(
  input: Window,
  region: Region,
  index: number,
  state: Uint8Array,
  picture: Size,
  params: OperationParams<'canny'>,
): Raster {
  const components = findComponents(classify(input, region, picture, params));
  const { roots } = labelBorder(components, region, picture);
  const kept = stateOfCell(state, index);
  if (kept.length !== bitBytes(roots.length)) {
    throw new AppError('STORE_CORRUPT', { details: { what: 'canny state', cell: index, labels: roots.length } });
  }
  const keep = Uint8Array.from(components.strong);
  for (const [label, root] of roots.entries()) if (bitAt(kept, label)) keep[root] = 1;

  const { starts, ends, rows } = components;
  const output = createRaster(region.width, region.height, grayChannels(input.raster.channels));
  const { data, channels } = output;
  for (let y = 0; y < region.height; y++) {
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      if (keep[components.roots[run]!] === 0) continue;
      const line = y * region.width;
      for (let x = starts[run]!; x < ends[run]!; x++) data[(line + x) * channels] = 255;
    }
  }
  if (channels === 2) copyAlpha(input, region, output);
  return output;
}
