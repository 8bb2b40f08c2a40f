import type { Region, Size } from '@tessera/contracts';
import type { Segment, Sides } from '../../../components/sides.ts';
import type { Reached } from './reached.ts';

/**
 * Labels the components of a window that holds a region and one pixel around it, where they touch pixels which other regions
 * hold too: `bottom` and `right` are the region's own last row and column, `top` and `left` the row above it and the column
 * before it, which are the last ones of others. Which pixels are linked over a border is so known on one side of it, and
 * regions are joined where they speak of the same pixel. `top` has one pixel more at each end that does not lie at the
 * picture's edge.
 */
export function labelShared(reached: Reached, held: Region, region: Region, picture: Size): Sides {
  const line = (first: number, step: number, count: number): Segment[] => {
    const segments: Segment[] = [];
    for (let n = 0, at = first; n < count; n++, at += step) {
      // Components are numbered as they are met, from 1.
      const label = reached.labelOf(at) - 1;
      if (label < 0) continue;
      const last = segments.at(-1);
      if (last?.end === n && last.label === label) segments[segments.length - 1] = { ...last, end: n + 1 };
      else segments.push({ start: n, end: n + 1, label });
    }
    return segments;
  };
  const place = (x: number, y: number): number => (y - held.y) * held.width + x - held.x;
  const [right, bottom] = [region.x + region.width, region.y + region.height];
  return {
    top: region.y > 0 ? line(place(held.x, region.y - 1), 1, held.width) : [],
    bottom: bottom < picture.height ? line(place(region.x, bottom - 1), 1, region.width) : [],
    left: region.x > 0 ? line(place(region.x - 1, region.y), held.width, region.height) : [],
    right: right < picture.width ? line(place(right - 1, region.y), held.width, region.height) : [],
  };
}
