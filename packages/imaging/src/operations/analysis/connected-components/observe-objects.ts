import { MOST_COMPONENTS, type Region } from '@tessera/contracts';
import { measure, type Measures } from './measures.ts';
import { labelsOf, type RegionObjects } from './region-objects.ts';
import type { Sides } from '../../../components/sides.ts';

/** An object, or the part of it that lies in one region. */
export interface Found extends Measures {
  /** Column of its first pixel in the picture, which lies in row `top`. */
  readonly first: number;
  /** Closed objects of the region that begin in the same row before it. */
  readonly before: number;
}

/**
 * What the whole has to know of a region. Closed objects, which touch no other region, are counted and forgotten but for
 * the largest; those smaller than the least area never count. So the size goes with the region's sides, and no more.
 */
export interface Observed {
  readonly sides: Sides;
  /** By label. */
  readonly open: readonly Found[];
  /** By row of the region, closed objects that begin there. */
  readonly begun: Int32Array | Float64Array;
  /** Pixels of all closed objects. */
  readonly pixels: number;
  /** The largest closed objects, in raster order. */
  readonly largest: readonly Found[];
}

/** @param least area of a closed object that counts. */
export function observeObjects(objects: RegionObjects, region: Region, least: number): Observed {
  const { rows, columns, areas, sides, open } = objects;
  const labels = labelsOf(objects);
  const enough = leastOfLargest(areas, labels, least);
  const begun = new Int32Array(region.height);
  const before = new Int32Array(open.length);
  const largest: number[] = [];
  const beforeLargest: number[] = [];
  let [pixels, equal] = [0, 0];
  for (let y = 0; y < region.height; y++) {
    for (let object = rows[y]!; object < rows[y + 1]!; object++) {
      const area = areas[object]!;
      if (labels[object]! >= 0) before[labels[object]!] = begun[y]!;
      else if (area >= least) {
        if (area > enough.area || (area === enough.area && equal++ < enough.equal)) {
          largest.push(object);
          beforeLargest.push(begun[y]!);
        }
        begun[y] = begun[y]! + 1;
        pixels += area;
      }
    }
  }
  const found = (asked: readonly number[], ranks: ArrayLike<number>): Found[] =>
    measure(objects, region, asked).map((measures, place) => ({
      ...measures,
      first: region.x + columns[asked[place]!]!,
      before: ranks[place]!,
    }));
  return { sides, open: found(open, before), begun, pixels, largest: found(largest, beforeLargest) };
}

/** Areas up to here are counted one by one; there can not be many that are larger. */
const COUNTED = 1 << 16;

/** The area that the largest objects have at least, and how many of just that area are among them. */
function leastOfLargest(
  areas: Int32Array,
  labels: Int32Array,
  least: number,
): { readonly area: number; readonly equal: number } {
  if (areas.length <= MOST_COMPONENTS) return { area: 0, equal: 0 };
  const counts = new Uint32Array(COUNTED + 1);
  let larger = 0;
  for (let object = 0; object < areas.length; object++) {
    if (labels[object]! >= 0 || areas[object]! < least) continue;
    if (areas[object]! > COUNTED) larger++;
    else counts[areas[object]!]!++;
  }
  for (let area = COUNTED; area >= least; area--) {
    if (larger + counts[area]! >= MOST_COMPONENTS) return { area, equal: Math.max(0, MOST_COMPONENTS - larger) };
    larger += counts[area]!;
  }
  return { area: 0, equal: 0 };
}
