import type { OperationParams, Region, Size } from '@tessera/contracts';
import { replicate } from '../../../border.ts';
import { colourChannels, type Raster, type Window } from '../../../raster.ts';
import { runFilter, type Filter } from '../../filter.ts';
import type { Tile } from '../../tile.ts';
import { classifyInVectors } from './classify-vectors.ts';
import { sixteenth, SOBEL } from '../sobel-kernel.ts';
import { thresholdsOf } from './thresholds.ts';

/** Classes of pixels: no edge, an edge if it is joined to a strong one, an edge. */
export const NONE = 0;
export const WEAK = 1;
export const STRONG = 2;

/** How far around a region the classes of its pixels look: the Sobel kernel, and its neighbours' magnitudes. */
export function cannyHalo({ aperture }: Pick<OperationParams<'canny'>, 'aperture'>): number {
  return (aperture - 1) / 2 + 1;
}

/** The class of each pixel of the region, as a raster of one channel. */
export function classify(input: Window, region: Region, picture: Size, params: OperationParams<'canny'>): Raster {
  return runFilter(input, region, picture, classFilter(params));
}

/** Gradients by Sobel, then suppression of what is no maximum across the edge. */
export function classFilter(params: OperationParams<'canny'>): Filter {
  const reach = cannyHalo(params);
  return {
    reach: { left: reach, right: reach, above: reach, below: reach },
    border: replicate,
    outside: 0,
    targetChannels: () => 1,
    tileSamples: 1536,
    scalar: (tile) => {
      classifyTile(tile, params);
    },
    vector: classifyInVectors(params),
  };
}

/** Gradients of one row of pixels; of several channels that with the largest magnitude counts, the first of equals. */
interface GradientRow {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  readonly magnitude: Int32Array;
}

function classifyTile(tile: Tile, params: OperationParams<'canny'>): void {
  const { target, targetStride, rows, region } = tile;
  const { low, high } = thresholdsOf(params);
  const columns = region.width + 2;
  const newRow = (): GradientRow => ({
    dx: new Int32Array(columns),
    dy: new Int32Array(columns),
    magnitude: new Int32Array(columns),
  });
  let [above, here, below] = [newRow(), newRow(), newRow()];
  gradients(tile, -1, here, params);
  gradients(tile, 0, below, params);
  for (let row = 0; row < rows; row++) {
    [above, here, below] = [here, below, above];
    gradients(tile, row + 1, below, params);
    for (let column = 1; column <= region.width; column++) {
      const magnitude = here.magnitude[column]!;
      const edge = magnitude > low && isMaximum(above.magnitude, here, below.magnitude, column);
      target[row * targetStride + column - 1] = edge ? (magnitude > high ? STRONG : WEAK) : NONE;
    }
  }
}

/** 2¹⁵ tan 22.5°, rounded: directions are told apart in integers. */
const TAN_22 = 13573;

/**
 * Tells whether the magnitude exceeds those of the two neighbours across the edge: of equals the left or upper one
 * loses, on the diagonals both.
 */
function isMaximum(above: Int32Array, here: GradientRow, below: Int32Array, column: number): boolean {
  const magnitude = here.magnitude[column]!;
  const dx = here.dx[column]!;
  const dy = here.dy[column]!;
  const steep = Math.abs(dy) * 32768;
  const flat = Math.abs(dx) * TAN_22;
  if (steep < flat) return magnitude > here.magnitude[column - 1]! && magnitude >= here.magnitude[column + 1]!;
  // tan 67.5° = 2 + tan 22.5°
  if (steep > flat + Math.abs(dx) * 65536) return magnitude > above[column]! && magnitude >= below[column]!;
  const slant = (dx ^ dy) < 0 ? -1 : 1;
  return magnitude > above[column - slant]! && magnitude > below[column + slant]!;
}

/** Fills `out` for tile row `row` (−1 … rows) and the columns from one before the tile to one after it. */
function gradients(tile: Tile, row: number, out: GradientRow, params: OperationParams<'canny'>): void {
  const { source, sourceStride, region, picture, channels } = tile;
  const columns = region.width + 2;
  const y = region.y + row;
  out.magnitude.fill(0);
  // Beyond the picture's edges there is no magnitude, so an edge along them may be a maximum.
  if (y < 0 || y >= picture.height) return;
  const { smooth, derive, divisor } = SOBEL[params.aperture];
  const size = smooth.length;
  const wide = (columns + size - 1) * channels;
  const smoothed = new Int32Array(wide);
  const derived = new Int32Array(wide);
  for (let i = 0; i < wide; i++) {
    let at = (row + 1) * sourceStride + i;
    for (let tap = 0; tap < size; tap++, at += sourceStride) {
      smoothed[i]! += smooth[tap]! * source[at]!;
      derived[i]! += derive[tap]! * source[at]!;
    }
  }
  const first = region.x === 0 ? 1 : 0;
  const end = region.x + region.width === picture.width ? columns - 1 : columns;
  const colours = colourChannels(channels);
  for (let column = first; column < end; column++) {
    let best = -1;
    for (let channel = 0; channel < colours; channel++) {
      let dx = 0;
      let dy = 0;
      for (let tap = 0, at = column * channels + channel; tap < size; tap++, at += channels) {
        dx += derive[tap]! * smoothed[at]!;
        dy += smooth[tap]! * derived[at]!;
      }
      if (divisor === 16) {
        dx = sixteenth(dx);
        dy = sixteenth(dy);
      }
      const magnitude = params.l2 ? dx * dx + dy * dy : Math.abs(dx) + Math.abs(dy);
      if (magnitude <= best) continue;
      best = magnitude;
      out.dx[column] = dx;
      out.dy[column] = dy;
      out.magnitude[column] = magnitude;
    }
  }
}
