import { AppError } from '@tessera/runtime/app-error';
import type { Region } from '@tessera/contracts';
import { createRaster, type Raster } from '../../../raster.ts';
import type { CellNumbers } from './merge-objects.ts';
import { colourOf } from './palette.ts';
import { labelsOf, type RegionObjects } from './region-objects.ts';

/**
 * Numbers the objects of a region as in the whole picture; 0 for those that are too small.
 *
 * @throws AppError STORE_CORRUPT if the numbers are not those of this region.
 */
export function numberObjects(objects: RegionObjects, { skipped, open }: CellNumbers, least: number): Uint32Array {
  const { rows, areas } = objects;
  if (skipped.length !== rows.length - 1 || open.length !== objects.open.length) {
    throw new AppError('STORE_CORRUPT', { details: { what: 'state of connected components', labels: open.length } });
  }
  const labels = labelsOf(objects);
  const numbers = new Uint32Array(areas.length);
  let begun = 0;
  for (let y = 0; y < skipped.length; y++) {
    begun += skipped[y]!;
    for (let object = rows[y]!; object < rows[y + 1]!; object++) {
      const label = labels[object]!;
      if (label >= 0) {
        numbers[object] = open[label]!;
        // The next number of all is given to the next object that begins: if it is this one's, it begins here.
        if (numbers[object] === begun + 1) begun++;
      } else if (areas[object]! >= least) numbers[object] = ++begun;
    }
  }
  return numbers;
}

/** Paints each object in the colour of its number, on black. */
export function paintObjects(
  { runs, objects }: RegionObjects,
  numbers: Uint32Array,
  region: Region,
  channels: number,
): Raster {
  const output = createRaster(region.width, region.height, channels);
  const { data, width } = output;
  for (let y = 0; y < region.height; y++) {
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const number = numbers[objects[run]!]!;
      if (number === 0) continue;
      const colour = colourOf(number);
      const end = (y * width + runs.ends[run]!) * channels;
      for (let at = (y * width + runs.starts[run]!) * channels; at < end; at += channels) {
        data[at] = colour >> 16;
        data[at + 1] = colour >> 8;
        data[at + 2] = colour;
      }
    }
  }
  return output;
}
