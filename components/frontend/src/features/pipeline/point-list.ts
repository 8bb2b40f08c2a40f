import { formatPoints } from '@tessera/contracts';

/** What is written for a figure that is missing: no number, so that the whole list can not be used until it is there. */
const MISSING = '–';

/** A point as it is being typed. */
export interface TypedPoint {
  readonly x: number | undefined;
  readonly y: number | undefined;
}

/** All points of a list, however far they are typed. */
export function typedPoints(text: string): readonly TypedPoint[] {
  const numberOf = (word: string | undefined): number | undefined => {
    const number = Number(word || Number.NaN);
    return Number.isFinite(number) ? number : undefined;
  };
  return text.split('/').map((pair) => {
    const [x, y] = pair.trim().split(/\s+/);
    return { x: numberOf(x), y: numberOf(y) };
  });
}

/** Writes points as the server reads them. */
export function writePoints(points: readonly TypedPoint[]): string {
  return points
    .map(({ x, y }) =>
      x === undefined || y === undefined ? `${String(x ?? MISSING)} ${String(y ?? MISSING)}` : formatPoints([{ x, y }]),
    )
    .join(' / ');
}
