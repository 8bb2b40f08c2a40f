/** A point that a curve goes through. */
export type Point = readonly [x: number, y: number];

/**
 * The piecewise cubic curve through points of rising x that is monotone wherever they are: slopes are weighted harmonic
 * means of the neighbouring chords, 0 at extremes (F. N. Fritsch and J. Butland, A method for constructing local
 * monotone piecewise cubic interpolants, 1984), at the ends by three points as C. Moler's `pchiptx` has them. Left of
 * the first and right of the last point the curve is even.
 */
export function monotoneCubic(points: readonly Point[]): (x: number) => number {
  const slopes = slopesOf(points);
  const [first, last] = [points[0]!, points.at(-1)!];
  return (x) => {
    if (x <= first[0]) return first[1];
    if (x >= last[0]) return last[1];
    const right = points.findIndex(([at]) => at > x);
    const [[x0, y0], [x1, y1]] = [points[right - 1]!, points[right]!];
    const width = x1 - x0;
    const t = (x - x0) / width;
    const s = 1 - t;
    // Hermite's four polynomials.
    return (
      s * s * (1 + 2 * t) * y0 +
      t * t * (3 - 2 * t) * y1 +
      width * t * s * (s * slopes[right - 1]! - t * slopes[right]!)
    );
  };
}

function slopesOf(points: readonly Point[]): readonly number[] {
  const widths = points.slice(1).map(([x], n) => x - points[n]![0]);
  const chords = points.slice(1).map(([, y], n) => (y - points[n]![1]) / widths[n]!);
  if (points.length === 2) return [chords[0]!, chords[0]!];
  const inner = chords.slice(1).map((after, n) => {
    const before = chords[n]!;
    if (before * after <= 0) return 0;
    const [left, right] = [widths[n]!, widths[n + 1]!];
    const [a, b] = [2 * right + left, right + 2 * left];
    return (a + b) / (a / before + b / after);
  });
  return [
    endSlope(widths[0]!, widths[1]!, chords[0]!, chords[1]!),
    ...inner,
    endSlope(widths.at(-1)!, widths.at(-2)!, chords.at(-1)!, chords.at(-2)!),
  ];
}

/** The slope at an end, from the chord there and the next one; so that the curve stays monotone. */
function endSlope(width: number, nextWidth: number, chord: number, nextChord: number): number {
  const slope = ((2 * width + nextWidth) * chord - width * nextChord) / (width + nextWidth);
  if (slope * chord <= 0) return 0;
  return chord * nextChord <= 0 && Math.abs(slope) > 3 * Math.abs(chord) ? 3 * chord : slope;
}
