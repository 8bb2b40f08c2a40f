import type { Region } from '@tessera/contracts';
import { loadKernels, type Kernels } from '../../../simd/kernels.ts';
import { roundHalfEven } from '../../distribution/round-half-even.ts';
import type { TileAxis } from './tile-axis.ts';

const LEVELS = 256;

/** Of each pixel along an axis the two tiles between whose middles it lies, and the shares of both, in single precision. */
export interface Between {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly ofFirst: Float32Array;
  readonly ofSecond: Float32Array;
}

/** Where the pixels of a stretch of an axis lie between the middles of tiles. */
export function between({ tiles, side }: TileAxis, start: number, count: number): Between {
  const places: Between = {
    first: new Int32Array(count),
    second: new Int32Array(count),
    ofFirst: new Float32Array(count),
    ofSecond: new Float32Array(count),
  };
  const inverse = Math.fround(1 / side);
  for (let n = 0; n < count; n++) {
    const place = Math.fround(Math.fround(Math.fround(start + n) * inverse) - 0.5);
    const tile = Math.floor(place);
    places.first[n] = Math.max(tile, 0);
    places.second[n] = Math.min(tile + 1, tiles - 1);
    places.ofSecond[n] = place - tile;
    places.ofFirst[n] = 1 - places.ofSecond[n]!;
  }
  return places;
}

interface Axes {
  readonly x: TileAxis;
  readonly y: TileAxis;
}

/**
 * The levels of a region by the tables of the four tiles around each pixel, mixed bilinearly: OpenCV's arithmetic, every step in
 * single precision.
 *
 * @param plane the region's levels, row by row.
 * @param tables 256 levels for each tile, tiles row by row.
 */
export function interpolateTables(plane: Uint8Array, region: Region, axes: Axes, tables: Uint8Array): Uint8Array {
  const kernels = loadKernels();
  return kernels === null
    ? interpolateScalar(plane, region, axes, tables)
    : interpolateVector(plane, region, axes, tables, kernels);
}

/** The same in plain arithmetic. */
export function interpolateScalar(plane: Uint8Array, region: Region, axes: Axes, tables: Uint8Array): Uint8Array {
  const { fround } = Math;
  const across = between(axes.x, region.x, region.width);
  const down = between(axes.y, region.y, region.height);
  const output = new Uint8Array(plane.length);
  for (let y = 0, at = 0; y < region.height; y++) {
    const upper = down.first[y]! * axes.x.tiles * LEVELS;
    const lower = down.second[y]! * axes.x.tiles * LEVELS;
    const [ofUpper, ofLower] = [down.ofFirst[y]!, down.ofSecond[y]!];
    for (let x = 0; x < region.width; x++, at++) {
      const left = across.first[x]! * LEVELS + plane[at]!;
      const right = across.second[x]! * LEVELS + plane[at]!;
      const [ofLeft, ofRight] = [across.ofFirst[x]!, across.ofSecond[x]!];
      const above = fround(fround(tables[upper + left]! * ofLeft) + fround(tables[upper + right]! * ofRight));
      const below = fround(fround(tables[lower + left]! * ofLeft) + fround(tables[lower + right]! * ofRight));
      output[at] = roundHalfEven(fround(fround(above * ofUpper) + fround(below * ofLower)));
    }
  }
  return output;
}

/** Columns that are worked on at once, and what vectors may read and write beyond them. */
const CHUNK = 1 << 14;
const SLACK = 64;

/** The same in vectors. */
export function interpolateVector(
  plane: Uint8Array,
  region: Region,
  axes: Axes,
  tables: Uint8Array,
  kernels: Kernels,
): Uint8Array {
  const down = between(axes.y, region.y, region.height);
  const output = new Uint8Array(plane.length);
  const areas = kernels.allocate([CHUNK + SLACK, CHUNK + SLACK, 4 * 4 * CHUNK + SLACK, tables.length]);
  const [source, target, columns, places] = [areas[0]!, areas[1]!, areas[2]!, areas[3]!];
  places.set(tables);
  const row = (tile: number): number => places.byteOffset + tile * axes.x.tiles * LEVELS;
  for (let first = 0; first < region.width; first += CHUNK) {
    const pixels = Math.min(CHUNK, region.width - first);
    const { first: left, second: right, ofFirst, ofSecond } = between(axes.x, region.x + first, pixels);
    const at = (part: number): number => columns.byteOffset + part * 4 * CHUNK;
    new Int32Array(columns.buffer, at(0), pixels).set(left.map((tile) => tile * LEVELS));
    new Int32Array(columns.buffer, at(1), pixels).set(right.map((tile) => tile * LEVELS));
    new Float32Array(columns.buffer, at(2), pixels).set(ofFirst);
    new Float32Array(columns.buffer, at(3), pixels).set(ofSecond);
    // What lies behind the last column is computed as well: its tables have to be there.
    for (const part of [0, 1]) new Int32Array(columns.buffer, at(part) + 4 * pixels, pixels === CHUNK ? 0 : 4).fill(0);
    for (let y = 0; y < region.height; y++) {
      const line = y * region.width + first;
      source.set(plane.subarray(line, line + pixels));
      const shares = [down.ofFirst[y]!, down.ofSecond[y]!] as const;
      const rows = [row(down.first[y]!), row(down.second[y]!)] as const;
      kernels.functions.mixTables(source.byteOffset, target.byteOffset, pixels, at(0), CHUNK, ...rows, ...shares);
      output.set(target.subarray(0, pixels), line);
    }
  }
  return output;
}
