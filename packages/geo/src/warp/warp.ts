import type { Region, Resampling } from '@tessera/contracts';
import { levelFor } from '../raster/level-for.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { validByNodata } from '../raster/valid-samples.ts';
import { reach } from './kernels.ts';
import { pixelMap, type PixelMap, type PixelPlaces } from './pixel-map.ts';
import { levelGrid, type RasterGrid, type RasterPlacement } from './raster-grid.ts';
import { resample, type Resampled, type Scale } from './resample.ts';

/** Points along each side of a source by which its outline on the target is found. */
const OUTLINE_STEPS = 20;

/** How a source comes to lie on a target; the same for all its windows. */
export interface Warp {
  /** Level of the source that is read: the smallest whose pixels are no larger than the target's. */
  readonly level: number;
  readonly grid: RasterGrid;
  readonly map: PixelMap;
  readonly scale: Scale;
  /** Pixels of the target outside which the source has none; may reach beyond the target. */
  readonly bounds: Bounds;
}

interface Bounds {
  readonly fromX: number;
  readonly toX: number;
  readonly fromY: number;
  readonly toY: number;
}

/**
 * Plans how a source is brought onto a target. Where the target is coarser, a smaller copy is taken if there is one; the
 * kernel makes up for the rest.
 *
 * @throws AppError UNSUPPORTED_RASTER for reference systems that are not known.
 */
export function planWarp(target: RasterGrid, source: RasterPlacement): Warp {
  const finest = levelGrid(source, 0);
  const full = scaleOf(target, finest, pixelMap(target, finest));
  const [, dx, rx, , ry, dy] = source.transform;
  const pixel = Math.min(Math.hypot(dx, ry), Math.hypot(rx, dy));
  const level = levelFor(source, pixel / Math.min(1, Math.max(full.across, full.down)));
  const grid = levelGrid(source, level);
  const map = pixelMap(target, grid);
  return { level, grid, map, scale: scaleOf(target, grid, map), bounds: boundsOf(target, grid) };
}

/** Target pixels per source pixel in the middle of what source and target have in common, about. */
function scaleOf(target: RasterGrid, source: RasterGrid, map: PixelMap): Scale {
  const middle = pixelMap(source, target).at(source.width / 2, source.height / 2) ?? [0, 0];
  const x = Math.min(target.width, Math.max(0, middle[0]));
  const y = Math.min(target.height, Math.max(0, middle[1]));
  const step = (dx: number, dy: number): readonly [number, number] => {
    const [before, after] = [map.at(x - dx, y - dy), map.at(x + dx, y + dy)];
    return before && after ? [after[0] - before[0], after[1] - before[1]] : [1, 1];
  };
  const [east, south] = [step(0.5, 0), step(0, 0.5)];
  return { across: 1 / Math.hypot(east[0], south[0]), down: 1 / Math.hypot(east[1], south[1]) };
}

function boundsOf(target: RasterGrid, source: RasterGrid): Bounds {
  const { at } = pixelMap(source, target);
  const bounds = { fromX: Infinity, toX: -Infinity, fromY: Infinity, toY: -Infinity };
  for (let step = 0; step <= OUTLINE_STEPS; step++) {
    const [x, y] = [(source.width * step) / OUTLINE_STEPS, (source.height * step) / OUTLINE_STEPS];
    for (const place of [at(x, 0), at(x, source.height), at(0, y), at(source.width, y)]) {
      if (place === undefined) return { fromX: -Infinity, toX: Infinity, fromY: -Infinity, toY: Infinity };
      bounds.fromX = Math.min(bounds.fromX, place[0]);
      bounds.toX = Math.max(bounds.toX, place[0]);
      bounds.fromY = Math.min(bounds.fromY, place[1]);
      bounds.toY = Math.max(bounds.toY, place[1]);
    }
  }
  // Sides are curves: they bulge between the points by far less than this.
  const [across, down] = [(bounds.toX - bounds.fromX) / 50 + 2, (bounds.toY - bounds.fromY) / 50 + 2];
  return {
    fromX: bounds.fromX - across,
    toX: bounds.toX + across,
    fromY: bounds.fromY - down,
    toY: bounds.toY + down,
  };
}

/** Whether a region of the target may have pixels of the source. */
export function reaches({ bounds }: Warp, { x, y, width, height }: Region): boolean {
  return x < bounds.toX && x + width > bounds.fromX && y < bounds.toY && y + height > bounds.fromY;
}

/** The rectangle of the source that pixels of the target at these places are made of; `undefined`: of none. */
export function neededWindow(
  { grid, scale }: Warp,
  { columns, rows }: PixelPlaces,
  resampling: Resampling,
): Region | undefined {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]!;
    const row = rows[at]!;
    if (!(column > -1 && row > -1 && column < grid.width + 1 && row < grid.height + 1)) continue;
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
  }
  if (left > right) return undefined;
  const { across, down } = reach(resampling, scale);
  const x = Math.max(0, Math.floor(left) - across);
  const y = Math.max(0, Math.floor(top) - down);
  const width = Math.min(grid.width, Math.floor(right) + across + 1) - x;
  const height = Math.min(grid.height, Math.floor(bottom) + down + 1) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

export interface WarpedBand {
  readonly band: number;
  /** Stands for "not measured" where the file itself names no such value. */
  readonly nodata?: number | undefined;
}

/**
 * Brings bands of a source onto the pixels of a target.
 *
 * @param places of the target's pixels, by the warp's map.
 * @returns for each band its samples, of the source's type; `undefined` where none of the pixels lies in the source.
 * @throws AppError what reading throws.
 */
export async function warpBands(
  warp: Warp,
  places: PixelPlaces,
  file: RasterFile,
  bands: readonly WarpedBand[],
  resampling: Resampling,
  signal?: AbortSignal,
): Promise<readonly Resampled[] | undefined> {
  const window = neededWindow(warp, places, resampling);
  if (window === undefined) return undefined;
  const numbers = bands.map(({ band }) => band);
  const block = await file.readWindow({ ...window, level: warp.level, bands: numbers }, signal);
  return bands.map(({ nodata }, n) => {
    const samples = block.bands[n] ?? SAMPLE_TYPES[block.type].samples(0);
    const valid = block.valid[n] ?? (nodata === undefined ? undefined : validByNodata(samples, nodata));
    return resample({ ...window, type: block.type, samples, valid }, warp.grid, places, warp.scale, resampling);
  });
}
