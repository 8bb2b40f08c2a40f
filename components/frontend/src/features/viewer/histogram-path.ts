/** Counts beyond this quantile of all levels run out of the chart: one flat background must not press the rest to the ground. */
const CUT = 0.98;

/** The outline of counts as an SVG path of a size, closed along the ground; each level is a step. */
export function histogramPath(counts: readonly number[], width: number, height: number): string {
  const sorted = counts.toSorted((a, b) => a - b);
  const top = Math.max(1, sorted[Math.floor((sorted.length - 1) * CUT)] ?? 1);
  const step = width / counts.length;
  const lines = counts.map((count, level) => {
    const y = height - Math.min(1, count / top) * height;
    return `V${y.toFixed(2)}H${((level + 1) * step).toFixed(2)}`;
  });
  return `M0 ${String(height)}${lines.join('')}V${String(height)}Z`;
}
