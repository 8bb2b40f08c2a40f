import type { Grid, Output } from '@tessera/contracts';
import { BLOCK_HEIGHT, BLOCK_WIDTH } from '../digest.ts';
import { gridCount } from '../region.ts';

/** Longest restart interval of a JPEG in MCUs (ITU-T T.81, B.2.4.4: 16 bits). */
const MAX_RESTART_INTERVAL = 65_535;
/** Bands that `always` cuts even a small picture into. */
const FEWEST_BANDS = 4;
/** By which share a band may be higher than wanted where that saves a narrow one at the end. */
const STRETCH = 0.03;

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
const roundDown = (value: number, step: number): number => Math.max(step, Math.floor(value / step) * step);

/** The whole picture as the only region. */
export function uncut(output: Output): Grid {
  return { width: output.width, height: output.height };
}

/**
 * Cuts a picture: full-width bands for the row-ordered formats, squares of whole tiles for TIFF and pyramids. All lines fall on
 * digest blocks; JPEG bands fit one restart interval.
 *
 * @param regionPixels pixels that a region should hold.
 */
export function cut(output: Output, regionPixels: number): Grid {
  const grid =
    output.format === 'tiff' || output.tiles ? tiles(output, regionPixels) : bands(output, regionPixels, BLOCK_HEIGHT);
  return gridCount(grid, output) === 1 ? uncut(output) : grid;
}

/** Even bands of about the wanted number of pixels, but at least four where the picture is high enough. */
function bands(output: Output, regionPixels: number, step: number): Grid {
  const wanted = evenRows(output.height, regionPixels / output.width, step);
  const few = roundUp(output.height / FEWEST_BANDS, step);
  const height = Math.min(wanted, few, highestBand(output));
  return { width: output.width, height };
}

/** Rows of a band so that all are about equal: an executor that has a narrow one left over is waited for by all others. */
function evenRows(height: number, wanted: number, step: number): number {
  const highest = wanted * (1 + STRETCH);
  const even = roundUp(height / Math.ceil(height / highest), step);
  return even <= highest ? even : roundDown(wanted, step);
}

/** Rows that one restart interval of a JPEG may hold. */
function highestBand(output: Output): number {
  if (output.format !== 'jpeg' || output.tiles) return Number.MAX_SAFE_INTEGER;
  const mcu = output.channels === 3 && output.subsampling === '4:2:0' ? 16 : 8;
  const mcusPerRow = Math.ceil(output.width / mcu);
  return roundDown(Math.floor(MAX_RESTART_INTERVAL / mcusPerRow) * mcu, BLOCK_HEIGHT);
}

/** Squares of whole tiles, or bands of whole tiles where a square would be about as wide as the picture. */
function tiles(output: Output, regionPixels: number): Grid {
  const side = roundDown(Math.sqrt(regionPixels), Math.max(BLOCK_WIDTH, output.tile));
  if (output.width <= 2 * side) return bands(output, regionPixels, output.tile);
  return { width: side, height: Math.min(side, roundUp(output.height, output.tile)) };
}
