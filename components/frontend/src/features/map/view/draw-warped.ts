/** A point on a canvas, in pixels. */
export type Spot = readonly [x: number, y: number];
/** Upper left, upper right, lower right, lower left. */
export type Corners = readonly [Spot, Spot, Spot, Spot];

/** What is drawn, and its size. */
export interface Drawn {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** Cells along a side that a picture is cut into where its corners make no parallelogram. */
const CELLS = 12;
/** Pixels that a corner may be off a parallelogram's. */
const FLAT = 0.5;
/** Pixels by which triangles overlap, so that no seam is seen between them. */
const OVERLAP = 0.6;

/** Draws a picture so that its corners lie at four given spots; between them it is stretched evenly. */
export function drawWarped(context: CanvasRenderingContext2D, drawn: Drawn, corners: Corners): void {
  const [a, b, c, d] = corners;
  const isFlat = Math.hypot(a[0] + c[0] - b[0] - d[0], a[1] + c[1] - b[1] - d[1]) < FLAT;
  if (isFlat) {
    context.save();
    place(context, drawn, [0, 0, 1, 1], a, b, d);
    context.drawImage(drawn.source, 0, 0, drawn.width, drawn.height);
    context.restore();
    return;
  }
  for (let row = 0; row < CELLS; row += 1) {
    for (let column = 0; column < CELLS; column += 1) drawCell(context, drawn, corners, column, row);
  }
}

function drawCell(
  context: CanvasRenderingContext2D,
  drawn: Drawn,
  corners: Corners,
  column: number,
  row: number,
): void {
  const part = 1 / CELLS;
  const at = (i: number, j: number): Spot => between(corners, (column + i) * part, (row + j) * part);
  const [p, q, r, s] = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
  const box = [column * part, row * part, part, part] as const;
  // Each half of a cell has its own corner: that half's sides are what it is placed by.
  const opposite: Spot = [q[0] + s[0] - r[0], q[1] + s[1] - r[1]];
  for (const [half, origin] of [
    [[p, q, s], p],
    [[r, s, q], opposite],
  ] as const) {
    context.save();
    clipTo(context, half);
    const [right, below] = origin === p ? [q, s] : [add(origin, minus(r, s)), add(origin, minus(r, q))];
    place(context, drawn, box, origin, right, below);
    context.drawImage(drawn.source, 0, 0, drawn.width, drawn.height);
    context.restore();
  }
}

const minus = (a: Spot, b: Spot): Spot => [a[0] - b[0], a[1] - b[1]];
const add = (a: Spot, b: Spot): Spot => [a[0] + b[0], a[1] + b[1]];

/** The spot at shares of the width and height of a picture. */
export function between([a, b, c, d]: Corners, u: number, v: number): Spot {
  const blend = (axis: 0 | 1): number =>
    (1 - v) * ((1 - u) * a[axis] + u * b[axis]) + v * ((1 - u) * d[axis] + u * c[axis]);
  return [blend(0), blend(1)];
}

/** Has a part of a picture (shares of its left, top, width and height) drawn between an origin and its neighbours. */
function place(
  context: CanvasRenderingContext2D,
  { width, height }: Drawn,
  [left, top, across, down]: readonly [number, number, number, number],
  origin: Spot,
  right: Spot,
  below: Spot,
): void {
  const [e, f] = [minus(right, origin), minus(below, origin)];
  const [w, h] = [across * width, down * height];
  context.transform(e[0] / w, e[1] / w, f[0] / h, f[1] / h, origin[0], origin[1]);
  context.translate(-left * width, -top * height);
}

function clipTo(context: CanvasRenderingContext2D, triangle: readonly [Spot, Spot, Spot]): void {
  const middle: Spot = [
    (triangle[0][0] + triangle[1][0] + triangle[2][0]) / 3,
    (triangle[0][1] + triangle[1][1] + triangle[2][1]) / 3,
  ];
  context.beginPath();
  for (const [n, corner] of triangle.entries()) {
    const out = minus(corner, middle);
    const grown = 1 + (2 * OVERLAP) / Math.max(1, Math.hypot(...out));
    const [x, y] = add(middle, [out[0] * grown, out[1] * grown]);
    if (n === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
  context.clip();
}
