import type { Bbox, Geometry, Outline, Position } from '@tessera/contracts';

/** The corners of a box. */
export function boxOutline([west, south, east, north]: Bbox): Outline {
  const end = east < west ? east + 360 : east;
  return [
    [west, north],
    [end, north],
    [end, south],
    [west, south],
  ];
}

/** Corners one after the other, each less than half a turn from the one before. */
export function cornersOutline(corners: readonly Position[]): Outline {
  let before = corners[0]?.[0] ?? 0;
  return corners.map(([longitude, latitude]) => {
    before = longitude - 360 * Math.round((longitude - before) / 360);
    return [before, latitude];
  });
}

/** A longitude between −180 and 180, which both stay as they are. */
export function withinTurn(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : longitude - 360 * Math.floor((longitude + 180) / 360);
}

/** The box around an outline, as RFC 7946 writes it. */
export function outlineBbox(outline: Outline): Bbox {
  const [longitudes, latitudes] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  return east - west >= 360 ? [-180, south, 180, north] : [withinTurn(west), south, withinTurn(east), north];
}

/** The geometry of an outline as RFC 7946 writes it: cut at the antimeridian, outer rings counterclockwise and closed. */
export function outlineGeometry(outline: Outline): Geometry {
  const [first] = outline;
  if (first !== undefined && outline.length === 1) {
    return { type: 'Point', coordinates: [withinTurn(first[0]), first[1]] };
  }
  const west = Math.min(...outline.map(([x]) => x));
  const turns = 360 * Math.floor((west + 180) / 360);
  const parts = [0, 1]
    .map((turn) => clipped(outline.map(([x, y]): Position => [x - turns - 360 * turn, y])))
    .filter((part) => Math.abs(twiceArea(part)) > 0)
    .map((part) => [closed(twiceArea(part) < 0 ? part.toReversed() : part)]);
  const [only] = parts;
  // What has no area at all is a line, and lies on the side where it begins.
  if (only === undefined)
    return { type: 'Polygon', coordinates: [closed(outline.map(([x, y]) => [withinTurn(x), y]))] };
  return parts.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: parts };
}

function closed(ring: Outline): Outline {
  const [first] = ring;
  return first === undefined ? ring : [...ring, first];
}

/** By the shoelace formula; positive for a counterclockwise ring. */
function twiceArea(ring: Outline): number {
  return ring.reduce((sum, [x, y], n) => {
    const [nextX, nextY] = ring[(n + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** The part of a ring between −180° and 180°, by the algorithm of Sutherland and Hodgman. */
function clipped(ring: Outline): Outline {
  return cut(cut(ring, -180, 1), 180, -1);
}

/** What lies on one side of a meridian: east of it for a sign of 1, west of it for −1. */
function cut(ring: Outline, meridian: number, sign: 1 | -1): Outline {
  const inside = ([x]: Position): boolean => (x - meridian) * sign >= 0;
  return ring.flatMap((point, n) => {
    const next = ring[(n + 1) % ring.length] ?? point;
    const kept = inside(point) ? [point] : [];
    if (inside(point) === inside(next) || point[0] === meridian || next[0] === meridian) return kept;
    const part = (meridian - point[0]) / (next[0] - point[0]);
    return [...kept, [meridian, point[1] + (next[1] - point[1]) * part] as const];
  });
}
