import { halfOf, type Region, type Size, type Tiles } from '@tessera/contracts';
import { gridColumns, gridRegion, gridRows, grow } from '../region.ts';

/** The sizes of a pyramid's levels, from the full one down; each is half of the one before, rounded up. */
export function tileLevels(picture: Size, { layout, size }: Tiles): readonly Size[] {
  const least = layout === 'dzi' ? 1 : size;
  const levels: Size[] = [{ width: picture.width, height: picture.height }];
  for (let last = levels[0]!; Math.max(last.width, last.height) > least;) {
    last = halfOf(last);
    levels.push(last);
  }
  return levels;
}

/** Number of tiles of one level. */
export function tilesOfLevel(level: Size, { size }: Tiles): number {
  const grid = { width: size, height: size };
  return gridColumns(grid, level) * gridRows(grid, level);
}

/** Number of tiles of all levels. */
export function countTiles(picture: Size, tiles: Tiles): number {
  return tileLevels(picture, tiles).reduce((sum, level) => sum + tilesOfLevel(level, tiles), 0);
}

/** A tile's place: level 0 is the full size. */
export interface TilePlace {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** The tiles of a level, of size `picture`, that begin within a region whose lines are lines of tiles, in raster order. */
export function tilesIn(region: Region, level: number, { size }: Tiles): readonly TilePlace[] {
  const places: TilePlace[] = [];
  for (let row = region.y / size; row * size < region.y + region.height; row++) {
    for (let column = region.x / size; column * size < region.x + region.width; column++) {
      places.push({ level, column, row });
    }
  }
  return places;
}

/** The pixels that a tile holds of its level, of size `picture`: with what it repeats of its neighbours. */
export function tileRegion({ column, row }: TilePlace, picture: Size, { size, overlap }: Tiles): Region {
  const grid = { width: size, height: size };
  return grow(gridRegion(grid, picture, row * gridColumns(grid, picture) + column), overlap, picture);
}
