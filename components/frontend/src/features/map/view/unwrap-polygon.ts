import type { Position } from 'geojson';

/** Where maps of the Mercator projection end, in degrees. */
const EDGE = 85.06;
const TURN = 360;

const longitude = (position: Position | undefined): number => position?.[0] ?? 0;

/**
 * A polygon in degrees whose rings may lead over the antimeridian or around a pole, as polygons without a jump from one
 * edge of the map to the other. What reaches beyond an edge is given twice, once for each edge.
 */
export function unwrapPolygon(rings: readonly (readonly Position[])[]): Position[][][] {
  const whole = rings.map(unwrapRing);
  const all = whole.flat().map(longitude);
  const [west, east] = [Math.min(...all), Math.max(...all)];
  const shifts = [0, ...(east > 180 ? [-TURN] : []), ...(west < -180 ? [TURN] : [])];
  return shifts.map((shift) => whole.map((ring) => ring.map(([x = 0, y = 0]): Position => [x + shift, y])));
}

function unwrapRing(ring: readonly Position[]): Position[] {
  let shift = 0;
  const path = ring.map(([x = 0, y = 0], index): Position => {
    const step = x - longitude(ring[Math.max(0, index - 1)]);
    if (step > 180) shift -= TURN;
    else if (step < -180) shift += TURN;
    return [x + shift, y];
  });
  const [first, last] = [longitude(path[0]), longitude(path.at(-1))];
  if (Math.abs(last - first) > 180) {
    // Around a pole: along the edge of the map back to where it began.
    const edge = (path[0]?.[1] ?? 0) > 0 ? EDGE : -EDGE;
    path.push([last, edge], [first, edge], [...(path[0] ?? [])]);
  }
  const all = path.map(longitude);
  const middle = (Math.min(...all) + Math.max(...all)) / 2;
  const back = Math.ceil((middle - 180) / TURN) * TURN;
  return back === 0 ? path : path.map(([x = 0, y = 0]): Position => [x - back, y]);
}
