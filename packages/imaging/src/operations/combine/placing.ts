import type { Anchor, Region, Size } from '@tessera/contracts';
import { intersect } from '../../region.ts';

/** Where a smaller picture lies on a larger one; `x` and `y` may be negative. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the upper left corner of `inner` comes to lie, `margin` pixels from the sides that its anchor names. */
export function placeAt(anchor: Anchor, inner: Size, outer: Size, margin = 0): Place {
  return {
    x: along(anchor.includes('left'), anchor.includes('right'), inner.width, outer.width, margin),
    y: along(anchor.includes('top'), anchor.includes('bottom'), inner.height, outer.height, margin),
  };
}

function along(first: boolean, last: boolean, inner: number, outer: number, margin: number): number {
  if (first) return margin;
  return last ? outer - inner - margin : Math.floor((outer - inner) / 2);
}

/** The part of a picture that lies at `place` which is seen in `region`; undefined: none. */
export function partSeen(region: Region, place: Place, size: Size): Region | undefined {
  const shared = intersect(region, { ...place, width: size.width, height: size.height });
  return shared && { ...shared, x: shared.x - place.x, y: shared.y - place.y };
}

/** A picture that is repeated: one at `place`, the others `gap` pixels apart in all directions. */
export interface Pattern {
  readonly place: Place;
  readonly size: Size;
  readonly gap: number;
}

/** What is seen of a repeated picture in `region`: the smallest rectangle that holds all of it; undefined: nothing. */
export function patternSeen(region: Region, { place, size, gap }: Pattern): Region | undefined {
  const across = spanSeen(region.x - place.x, region.width, size.width, gap);
  const down = spanSeen(region.y - place.y, region.height, size.height, gap);
  return across && down && { x: across[0], y: down[0], width: across[1] - across[0], height: down[1] - down[0] };
}

/** First and end of what is seen of a repeated length, of `count` pixels from `start` on. */
function spanSeen(start: number, count: number, length: number, gap: number): [first: number, end: number] | undefined {
  const period = length + gap;
  const first = modulo(start, period);
  const end = first + count;
  // It begins anew within what is seen.
  if (end > period) return first < length ? [0, length] : [0, Math.min(length, end - period)];
  return first < length ? [first, Math.min(length, end)] : undefined;
}

export function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}
