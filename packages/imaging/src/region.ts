import type { Grid, Region, Size } from '@tessera/contracts';
import type { Samples, Window } from './raster.ts';

/** The region grown by `halo` pixels on every side and cut at the picture's edges. */
export function grow(region: Region, halo: number, picture: Size): Region {
  const x = Math.max(0, region.x - halo);
  const y = Math.max(0, region.y - halo);
  const right = Math.min(picture.width, region.x + region.width + halo);
  const bottom = Math.min(picture.height, region.y + region.height + halo);
  return { x, y, width: right - x, height: bottom - y };
}

/** The whole picture as one region. */
export function wholeOf(picture: Size): Region {
  return { x: 0, y: 0, width: picture.width, height: picture.height };
}

/** Number of cells in a row of the grid. */
export function gridColumns(grid: Grid, picture: Size): number {
  return Math.ceil(picture.width / grid.width);
}

/** Number of rows of cells. */
export function gridRows(grid: Grid, picture: Size): number {
  return Math.ceil(picture.height / grid.height);
}

/** Number of cells. */
export function gridCount(grid: Grid, picture: Size): number {
  return gridColumns(grid, picture) * gridRows(grid, picture);
}

/** The region of cell `index`, cells counted in raster order. */
export function gridRegion(grid: Grid, picture: Size, index: number): Region {
  const columns = gridColumns(grid, picture);
  const x = (index % columns) * grid.width;
  const y = Math.floor(index / columns) * grid.height;
  return {
    x,
    y,
    width: Math.min(grid.width, picture.width - x),
    height: Math.min(grid.height, picture.height - y),
  };
}

/** Where a window lies in its picture. */
export function regionOf(window: Window<Samples>): Region {
  return { x: window.x, y: window.y, width: window.raster.width, height: window.raster.height };
}

/** Tells whether `outer` holds all pixels of `inner`. */
export function contains(outer: Region, inner: Region): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The pixels that both regions hold, or `undefined` if there are none. */
export function intersect(a: Region, b: Region): Region | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
