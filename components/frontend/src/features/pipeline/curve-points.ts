import { parseCurve } from '@tessera/contracts';

/** A point of a curve: levels from 0 to 255. */
export type CurvePoint = readonly [from: number, to: number];

/** Most points a curve may have. */
const MOST = 16;

export const FULL = 255;

const within = (least: number, value: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

/** The points of a text, or undefined where it is no curve. */
export function readCurve(text: string): readonly CurvePoint[] | undefined {
  return parseCurve(text);
}

/** Points as they are written. */
export function writeCurve(points: readonly CurvePoint[]): string {
  return points.map(([from, to]) => `${String(from)} ${String(to)}`).join(' / ');
}

/** Moves a point; it stays between its neighbours and within the levels. */
export function movePoint(points: readonly CurvePoint[], index: number, [from, to]: CurvePoint): readonly CurvePoint[] {
  const least = (points[index - 1]?.[0] ?? -1) + 1;
  const most = (points[index + 1]?.[0] ?? FULL + 1) - 1;
  return points.with(index, [within(least, from, most), within(0, to, FULL)]);
}

/** Adds a point, if there is room for one. */
export function addPoint(points: readonly CurvePoint[], [from, to]: CurvePoint): readonly CurvePoint[] {
  const point: CurvePoint = [within(0, from, FULL), within(0, to, FULL)];
  if (points.length >= MOST || points.some(([at]) => at === point[0])) return points;
  return [...points, point].sort(([a], [b]) => a - b);
}

/** Takes a point away; two stay. */
export function removePoint(points: readonly CurvePoint[], index: number): readonly CurvePoint[] {
  return points.length > 2 ? points.toSpliced(index, 1) : points;
}
