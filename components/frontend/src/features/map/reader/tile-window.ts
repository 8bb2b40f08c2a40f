import type { Point } from './ground.ts';
import { WORLD } from './world.ts';

/** A tile of the map, as OpenLayers counts them, and its pixels along a side. */
export interface MapTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
}

/** Pixels `x … x + width - 1` of a tile. */
export interface TileWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Point of the map at a place within a tile, in pixels from its upper left corner. */
export function mapPointOf({ z, x, y, pixels }: MapTile, [column, row]: Point): Point {
  const size = (2 * WORLD) / 2 ** z;
  return [-WORLD + (x + column / pixels) * size, WORLD - (y + row / pixels) * size];
}

/** The pixels of a tile in which an outline lies, wherever around the earth it was begun; undefined where it lies in none. */
export function windowIn(tile: MapTile, outline: readonly Point[]): TileWindow | undefined {
  const [first, ...others] = [0, -1, 1].flatMap((turn) => {
    const moved = outline.map(([x, y]): Point => [x + turn * 2 * WORLD, y]);
    return windowOf(tile, moved) ?? [];
  });
  return first && others.reduce(around, first);
}

function around(a: TileWindow, b: TileWindow): TileWindow {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, bottom] = [Math.max(a.x + a.width, b.x + b.width), Math.max(a.y + a.height, b.y + b.height)];
  return { x, y, width: right - x, height: bottom - y };
}

function windowOf(tile: MapTile, outline: readonly Point[]): TileWindow | undefined {
  const size = (2 * WORLD) / 2 ** tile.z;
  const known = outline.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const columns = known.map(([x]) => ((x + WORLD) / size - tile.x) * tile.pixels);
  const rows = known.map(([, y]) => ((WORLD - y) / size - tile.y) * tile.pixels);
  // One pixel more on each side: an edge is bent between the points of its outline.
  const clamp = (value: number): number => Math.min(tile.pixels, Math.max(0, value));
  const [x, right] = [clamp(Math.floor(Math.min(...columns)) - 1), clamp(Math.ceil(Math.max(...columns)) + 1)];
  const [y, bottom] = [clamp(Math.floor(Math.min(...rows)) - 1), clamp(Math.ceil(Math.max(...rows)) + 1)];
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}
