import type { Region, Size } from '@tessera/contracts';
import type { Segment, Sides } from '../../../components/sides.ts';
import { findRoot } from '../../../components/union-find.ts';
import { OUTSIDE } from './link-pixels.ts';

/** The sides of a region and, by label, the root pixel of the component. */
export interface SharedSides {
  readonly sides: Sides;
  readonly roots: readonly number[];
}

/**
 * Labels the components of a window that holds a region and one pixel around it, where they touch pixels which other regions
 * hold too: `bottom` and `right` are the region's own last row and column, `top` and `left` the row above it and the column
 * before it, which are the last ones of others. Which pixels are linked over a border is so known on one side of it, and
 * regions are joined where they speak of the same pixel. `top` has one pixel more at each end that does not lie at the
 * picture's edge.
 */
export function labelShared(parents: Int32Array, held: Region, region: Region, picture: Size): SharedSides {
  const labels = new Map<number, number>();
  const line = (first: number, step: number, count: number): Segment[] => {
    const segments: Segment[] = [];
    for (let n = 0, at = first; n < count; n++, at += step) {
      if (parents[at] === OUTSIDE) continue;
      const root = findRoot(parents, at);
      const label = labels.get(root) ?? labels.size;
      if (label === labels.size) labels.set(root, label);
      const last = segments.at(-1);
      if (last?.end === n && last.label === label) segments[segments.length - 1] = { ...last, end: n + 1 };
      else segments.push({ start: n, end: n + 1, label });
    }
    return segments;
  };
  const place = (x: number, y: number): number => (y - held.y) * held.width + x - held.x;
  const [right, bottom] = [region.x + region.width, region.y + region.height];
  const sides: Sides = {
    top: region.y > 0 ? line(place(held.x, region.y - 1), 1, held.width) : [],
    bottom: bottom < picture.height ? line(place(region.x, bottom - 1), 1, region.width) : [],
    left: region.x > 0 ? line(place(region.x - 1, region.y), held.width, region.height) : [],
    right: right < picture.width ? line(place(right - 1, region.y), held.width, region.height) : [],
  };
  return { sides, roots: [...labels.keys()] };
}
