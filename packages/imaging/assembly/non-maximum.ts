/** 2¹⁵ tan 22.5°, rounded; tan 67.5° = 2 + tan 22.5°. */
const TAN_22: i32 = 13573;

/**
 * Classes of a row of pixels from the gradients of three rows: dx, dy and magnitude, each `length` 32-bit integers that
 * begin one pixel to the left. A pixel is an edge if its magnitude exceeds `low` and those across the edge: of equals the
 * left or upper one loses, on the diagonals both.
 */
export function classifyRow(
  above: usize,
  here: usize,
  below: usize,
  length: i32,
  width: i32,
  low: i32,
  high: i32,
  target: usize,
): void {
  const magnitudes = here + 8 * length + 4;
  const lows = i32x4.splat(low);
  const highs = i32x4.splat(high);
  for (let x = 0; x < width; x += 4) {
    const at = x << 2;
    const magnitude = v128.load(magnitudes + at);
    const candidate = i32x4.gt_s(magnitude, lows);
    // Most of a picture is no edge.
    if (!v128.any_true(candidate)) {
      store<u32>(target + x, 0);
      continue;
    }
    const dx = v128.load(here + 4 + at);
    const dy = v128.load(here + 4 * length + 4 + at);
    const upper = above + 8 * length + at;
    const lower = below + 8 * length + at;

    const steep = i32x4.shl(i32x4.abs(dy), 15);
    const run = i32x4.abs(dx);
    const flat = i32x4.mul(run, i32x4.splat(TAN_22));
    const isFlat = i32x4.lt_s(steep, flat);
    const isSteep = i32x4.gt_s(steep, i32x4.add(flat, i32x4.shl(run, 16)));

    const across = v128.and(
      i32x4.gt_s(magnitude, v128.load(magnitudes + at - 4)),
      i32x4.ge_s(magnitude, v128.load(magnitudes + at, 4)),
    );
    const down = v128.and(i32x4.gt_s(magnitude, v128.load(upper, 4)), i32x4.ge_s(magnitude, v128.load(lower, 4)));
    const falling = v128.and(i32x4.gt_s(magnitude, v128.load(upper)), i32x4.gt_s(magnitude, v128.load(lower, 8)));
    const rising = v128.and(i32x4.gt_s(magnitude, v128.load(upper, 8)), i32x4.gt_s(magnitude, v128.load(lower)));
    const opposite = i32x4.shr_s(v128.xor(dx, dy), 31);
    const slanted = v128.bitselect(rising, falling, opposite);

    const maximum = v128.bitselect(across, v128.bitselect(down, slanted, isSteep), isFlat);
    const edge = v128.and(maximum, candidate);
    // −1 for an edge, −2 for a strong one.
    const classes = i32x4.add(edge, v128.and(edge, i32x4.gt_s(magnitude, highs)));
    const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(i32x4.neg(classes), i32x4.splat(0)), i16x8.splat(0));
    store<u32>(target + x, i32x4.extract_lane(bytes, 0));
  }
}
