/** Times of one work by number of executors. */
export interface ScalingLine {
  readonly name: string;
  readonly executors: readonly number[];
  readonly seconds: readonly number[];
}

const WIDTH = 640;
const FRAME = { left: 56, right: 616, top: 40, bottom: 300 };
/** Pixels from the frame to the first row of the legend, and from row to row. */
const [LEGEND, ROW] = [64, 18];
/** Okabe and Ito, Color Universal Design (2008): told apart with any colour vision. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/** Draws speed-ups over executors as an SVG, with the diagonal of perfect scaling. */
export function drawScaling(lines: readonly ScalingLine[], share: number): string {
  const counts = lines[0]?.executors ?? [];
  const most = Math.max(...counts);
  const x = (count: number): number => FRAME.left + ((count - 1) / (most - 1)) * (FRAME.right - FRAME.left);
  const y = (speedup: number): number => FRAME.bottom - (speedup / most) * (FRAME.bottom - FRAME.top);
  const text = (at: readonly [number, number], words: string, more = ''): string =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${words}</text>`;
  const parts = counts.flatMap((count) => [
    `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${y(count).toFixed(1)}" y2="${y(count).toFixed(1)}" stroke="#8884" />`,
    text([FRAME.left - 8, y(count) + 4], `${count}×`, 'text-anchor="end"'),
    text([x(count), FRAME.bottom + 20], String(count), 'text-anchor="middle"'),
  ]);
  parts.push(
    `<line x1="${x(1)}" y1="${y(1).toFixed(1)}" x2="${x(most)}" y2="${y(most)}" stroke="#888" stroke-dasharray="4 4" />`,
    text([FRAME.left, 22], `Speed-up over the number of executors, each with ${share} of a core`, 'font-weight="600"'),
    text([(FRAME.left + FRAME.right) / 2, FRAME.bottom + 40], 'executors', 'text-anchor="middle"'),
  );
  lines.forEach(({ name, seconds }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const first = seconds[0] ?? 1;
    const points = counts.map((count, at) => [x(count), y(first / (seconds[at] ?? first))] as const);
    const path = points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
    const row = FRAME.bottom + LEGEND + ROW * index;
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.5" />`,
      ...points.map(
        ([left, top]) => `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4" fill="${colour}" />`,
      ),
      `<rect x="${FRAME.left}" y="${row - 9}" width="18" height="10" fill="${colour}" />`,
      text([FRAME.left + 26, row], name),
    );
  });
  const height = FRAME.bottom + LEGEND + ROW * lines.length;
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  // The page it stands on may be dark: the picture brings its own ground.
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="system-ui, sans-serif" font-size="13" fill="#222">
<rect width="100%" height="100%" fill="#fff" />
${parts.join('\n')}
</svg>
`;
}
