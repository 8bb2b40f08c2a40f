import type { Region } from '@tessera/contracts';
import { pixelAt, placeAt, type RasterGrid } from './raster-grid.ts';
import { transformBetween } from './reference-systems.ts';

/**
 * Part of a source pixel by which interpolated places may be off where that is checked. GDAL allows for 0.125: this is so
 * little that results are those of places that are all computed.
 */
const TOLERANCE = 1e-5;
/** Target pixels along a side of the cells that are tried first. */
const CELL = 64;
/** Where interpolation by parabolas through 0, ½ and 1 is off the most. */
const CHECKED = [0.25, 0.75] as const;

/** Columns and rows of a source, between pixels, for the centres of target pixels; NaN where there are none. */
export interface PixelPlaces {
  readonly columns: Float64Array<ArrayBuffer>;
  readonly rows: Float64Array<ArrayBuffer>;
}

/** Tells for the pixels of a target where their centres lie in a source. */
export interface PixelMap {
  /** Exactly, for any column and row of the target, also between pixels. */
  readonly at: (column: number, row: number) => readonly [column: number, row: number] | undefined;
  /** For the centres of all pixels of a region, row by row: the same for a pixel whatever the region. */
  places(region: Region): PixelPlaces;
}

/**
 * Maps the pixels of one grid to those of another. Where both have one reference system the places are computed; otherwise
 * they are interpolated by parabolas over cells of the target's grid, which are divided until they fit. The cells are those
 * of the grid and not of a region, so that work that is divided comes to the same places.
 *
 * @throws AppError UNSUPPORTED_RASTER for reference systems that are not known.
 */
export function pixelMap(target: RasterGrid, source: RasterGrid): PixelMap {
  const transform = transformBetween(target.epsg, source.epsg);
  const at: PixelMap['at'] = (column, row) => {
    const place = transform(...placeAt(target.transform, column, row));
    return place && pixelAt(source.transform, ...place);
  };
  const fill = target.epsg === source.epsg ? fillExactly : fillByCells;
  return {
    at,
    places(region) {
      const count = region.width * region.height;
      const places = { columns: new Float64Array(count), rows: new Float64Array(count) };
      fill({ at, region, places });
      return places;
    },
  };
}

interface Filling {
  readonly at: PixelMap['at'];
  readonly region: Region;
  readonly places: PixelPlaces;
}

function fillExactly({ at, region, places }: Filling): void {
  let index = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++, index++) {
      const [column, row] = at(x + 0.5, y + 0.5) ?? [Number.NaN, Number.NaN];
      places.columns[index] = column;
      places.rows[index] = row;
    }
  }
}

function fillByCells(filling: Filling): void {
  const { region } = filling;
  const first = (from: number): number => Math.floor(from / CELL) * CELL;
  for (let y = first(region.y); y < region.y + region.height; y += CELL) {
    for (let x = first(region.x); x < region.x + region.width; x += CELL) fillCell(filling, x, y, CELL);
  }
}

/** Fills what a cell and the region have in common. */
function fillCell(filling: Filling, x: number, y: number, side: number): void {
  const { at, region } = filling;
  const within =
    x < region.x + region.width && x + side > region.x && y < region.y + region.height && y + side > region.y;
  if (!within) return;
  if (side === 1) {
    fillExactly({ at, region: { x, y, width: 1, height: 1 }, places: onePlace(filling, x, y) });
    return;
  }
  const nodes = nodesOf(at, x, y, side);
  if (nodes !== undefined && fits(at, nodes, x, y, side)) {
    interpolate(filling, nodes, x, y, side);
    return;
  }
  const half = side / 2;
  for (const [dx, dy] of [
    [0, 0],
    [half, 0],
    [0, half],
    [half, half],
  ] as const) {
    fillCell(filling, x + dx, y + dy, half);
  }
}

function onePlace({ region, places }: Filling, x: number, y: number): PixelPlaces {
  const index = (y - region.y) * region.width + x - region.x;
  return { columns: places.columns.subarray(index, index + 1), rows: places.rows.subarray(index, index + 1) };
}

/** Columns and rows of nine places, three by three. */
interface Nodes {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

function nodesOf(at: PixelMap['at'], x: number, y: number, side: number): Nodes | undefined {
  const nodes: Nodes = { columns: new Float64Array(9), rows: new Float64Array(9) };
  for (let node = 0; node < 9; node++) {
    const place = at(x + 0.5 + ((node % 3) * side) / 2, y + 0.5 + (Math.floor(node / 3) * side) / 2);
    if (place === undefined) return undefined;
    nodes.columns[node] = place[0];
    nodes.rows[node] = place[1];
  }
  return nodes;
}

function fits(at: PixelMap['at'], { columns, rows }: Nodes, x: number, y: number, side: number): boolean {
  return CHECKED.every((down) =>
    CHECKED.every((across) => {
      const place = at(x + 0.5 + across * side, y + 0.5 + down * side);
      if (place === undefined) return false;
      const column = parabola(...column3(columns, down), across);
      const row = parabola(...column3(rows, down), across);
      return Math.abs(column - place[0]) <= TOLERANCE && Math.abs(row - place[1]) <= TOLERANCE;
    }),
  );
}

function interpolate({ region, places }: Filling, nodes: Nodes, x: number, y: number, side: number): void {
  const fromX = Math.max(x, region.x);
  const toX = Math.min(x + side, region.x + region.width);
  const toY = Math.min(y + side, region.y + region.height);
  for (let row = Math.max(y, region.y); row < toY; row++) {
    const down = (row - y) / side;
    const line = (row - region.y) * region.width - region.x;
    const [ca, cb, cc] = column3(nodes.columns, down);
    const [ra, rb, rc] = column3(nodes.rows, down);
    for (let column = fromX; column < toX; column++) {
      const across = (column - x) / side;
      places.columns[line + column] = parabola(ca, cb, cc, across);
      places.rows[line + column] = parabola(ra, rb, rc, across);
    }
  }
}

/** The three values of a line of nodes, as far down as is asked for. */
function column3(nodes: Float64Array, down: number): [number, number, number] {
  return [
    parabola(nodes[0]!, nodes[3]!, nodes[6]!, down),
    parabola(nodes[1]!, nodes[4]!, nodes[7]!, down),
    parabola(nodes[2]!, nodes[5]!, nodes[8]!, down),
  ];
}

/** The parabola that is `a` at 0, `b` at ½ and `c` at 1. */
function parabola(a: number, b: number, c: number, at: number): number {
  return a + at * (4 * b - 3 * a - c + at * (2 * a - 4 * b + 2 * c));
}
