import type { Region } from '@tessera/contracts';
import { roundHalfEven } from '../../distribution/round-half-even.ts';
import type { TileAxis } from './tile-axis.ts';

const LEVELS = 256;

/** Of each pixel along an axis the two tiles between whose middles it lies, and the shares of both, in single precision. */
interface Between {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly ofFirst: Float32Array;
  readonly ofSecond: Float32Array;
}

function between({ tiles, side }: TileAxis, start: number, count: number): Between {
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

/**
 * The levels of a region by the tables of the four tiles around each pixel, mixed bilinearly: OpenCV's arithmetic, every step in
 * single precision.
 *
 * @param plane the region's levels, row by row.
 * @param tables 256 levels for each tile, tiles row by row.
 */
export function interpolateTables(
  plane: Uint8Array,
  region: Region,
  axes: { readonly x: TileAxis; readonly y: TileAxis },
  tables: Uint8Array,
): Uint8Array {
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
