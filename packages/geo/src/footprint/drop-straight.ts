import type { Outline, Position } from '@tessera/contracts';

/** Part of the extent of a ring by which its sides may stray: about a pixel of a scene. */
const TOLERANCE = 1e-4;

/** Leaves out the points of a ring that lie on the straight line between others, and rounds to a centimetre. */
export function dropStraight(ring: Outline): Outline {
  const kept: Position[] = [];
  const tolerance = TOLERANCE * Math.min(extentOf(ring, 0), extentOf(ring, 1));
  let start = 0;
  while (start < ring.length) {
    const from = ring[start];
    if (from === undefined) break;
    kept.push([rounded(from[0]), rounded(from[1])]);
    let end = start + 1;
    while (end < ring.length && isStraight(ring, start, end + 1, tolerance)) end += 1;
    start = end;
  }
  return kept;
}

function extentOf(ring: Outline, axis: 0 | 1): number {
  const values = ring.map((point) => point[axis]);
  return Math.max(...values) - Math.min(...values);
}

const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Whether all points between two lie on the line between them; the ring is closed, so that its end is its beginning. */
function isStraight(ring: Outline, start: number, end: number, tolerance: number): boolean {
  const [from, to] = [ring[start], ring[end] ?? ring[0]];
  if (from === undefined || to === undefined) return false;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return false;
  return ring.slice(start + 1, end).every((point) => {
    const [x, y] = [point[0] - from[0], point[1] - from[1]];
    const along = (x * dx + y * dy) / length;
    return Math.abs(x * dy - y * dx) / length <= tolerance && along >= 0 && along <= length;
  });
}
