/** A place in a picture, in percent of its width and of its height, from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points that a list holds at most. */
export const MOST_POINTS = 8;

const NUMBER = /^-?\d{1,4}(\.\d{1,9})?$/;

/**
 * Points that are written as `50 50 / 12.5 80`, wherever they lie.
 *
 * @returns undefined if the text is no list of points.
 */
export function parsePoints(text: string): readonly Point[] | undefined {
  const pairs = text.split('/').map((pair) => pair.trim().split(/\s+/));
  if (!pairs.every((pair) => pair.length === 2 && pair.every((word) => NUMBER.test(word)))) return undefined;
  return pairs.map((pair) => ({ x: Number(pair[0]), y: Number(pair[1]) }));
}

/**
 * Points that a pipeline may have.
 *
 * @returns undefined if the text is no list of points, or there are more than 8, or one lies outside the picture.
 */
export function readPoints(text: string): readonly Point[] | undefined {
  const points = parsePoints(text) ?? [];
  const fits = points.every(({ x, y }) => Math.min(x, y) >= 0 && Math.max(x, y) <= 100);
  return fits && points.length > 0 && points.length <= MOST_POINTS ? points : undefined;
}

/** Writes points as `parsePoints` reads them. */
export function formatPoints(points: readonly Point[]): string {
  const written = (value: number): string => String(Number(value.toFixed(6)));
  return points.map(({ x, y }) => `${written(x)} ${written(y)}`).join(' / ');
}
