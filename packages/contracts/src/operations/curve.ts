const POINTS = /^\s*\d{1,3}\s+\d{1,3}(\s*\/\s*\d{1,3}\s+\d{1,3}){1,15}\s*$/;

/**
 * The points of a curve as they are written: `0 0 / 128 160 / 255 255`.
 *
 * @returns pairs of levels (0–255), or undefined if the text is no list of 2 to 16 points that go to the right.
 */
export function parseCurve(text: string): readonly (readonly [from: number, to: number])[] | undefined {
  if (!POINTS.test(text)) return undefined;
  const points = text.split('/').map((point) => {
    const [from = 0, to = 0] = point.trim().split(/\s+/).map(Number);
    return [from, to] as const;
  });
  const rising = points.every(([from], n) => n === 0 || from > (points[n - 1]?.[0] ?? 0));
  return rising && points.flat().every((value) => value <= 255) ? points : undefined;
}
