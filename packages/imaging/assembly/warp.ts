/** Bits of a part of a pixel: places between pixels are told in 32nds. */
const PART_BITS: i32 = 5;
const PARTS: i32 = 32;

// Two pixels' samples of one channel side by side, as 16-bit numbers.
const ONE = i8x16(0, -1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
const TWO = i8x16(0, -1, 2, -1, 1, -1, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1);
const THREE = i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
const FOUR = i8x16(0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, 3, -1, 7, -1);

/**
 * Places of a row of pixels: each is `left` and what `acrossX` has for its column, `shift` bits less, kept within bounds; as
 * many in y. Up to three more are written to `xs` and `ys`.
 */
export function affinePlaces(
  acrossX: usize,
  acrossY: usize,
  pixels: i32,
  left: i32,
  top: i32,
  shift: i32,
  leastX: i32,
  mostX: i32,
  leastY: i32,
  mostY: i32,
  xs: usize,
  ys: usize,
): void {
  const bytes = pixels << 2;
  for (let at = 0; at < bytes; at += 16) {
    const x = i32x4.shr_s(i32x4.add(v128.load(acrossX + at), i32x4.splat(left)), shift);
    v128.store(xs + at, i32x4.min_s(i32x4.max_s(x, i32x4.splat(leastX)), i32x4.splat(mostX)));
    const y = i32x4.shr_s(i32x4.add(v128.load(acrossY + at), i32x4.splat(top)), shift);
    v128.store(ys + at, i32x4.min_s(i32x4.max_s(y, i32x4.splat(leastY)), i32x4.splat(mostY)));
  }
}

/**
 * Places of a row of pixels from column `first` on: (ax·x + bx + cx) · parts / w, with w = aw·x + bw + cw, rounded to the
 * nearest, the even one of two, kept within bounds, and counted from an origin; as many in y. Up to three more are written.
 */
export function perspectivePlaces(
  first: f64,
  pixels: i32,
  ax: f64,
  bx: f64,
  cx: f64,
  ay: f64,
  by: f64,
  cy: f64,
  aw: f64,
  bw: f64,
  cw: f64,
  parts: f64,
  leastX: f64,
  mostX: f64,
  leastY: f64,
  mostY: f64,
  originX: i32,
  originY: i32,
  xs: usize,
  ys: usize,
): void {
  const zero = f64x2.splat(0);
  let x = f64x2.replace_lane(f64x2.splat(first), 1, first + 1);
  for (let at = 0; at < ((pixels + 3) & ~3) << 2; at += 8) {
    const w = f64x2.add(f64x2.add(f64x2.mul(f64x2.splat(aw), x), f64x2.splat(bw)), f64x2.splat(cw));
    const quotient = f64x2.div(f64x2.splat(parts), w);
    const scale = v128.bitselect(zero, quotient, f64x2.eq(w, zero));
    let place = f64x2.add(f64x2.add(f64x2.mul(f64x2.splat(ax), x), f64x2.splat(bx)), f64x2.splat(cx));
    place = f64x2.mul(place, scale);
    // What is no number is zero.
    place = v128.and(place, f64x2.eq(place, place));
    place = f64x2.min(f64x2.max(f64x2.nearest(place), f64x2.splat(leastX)), f64x2.splat(mostX));
    v128.store64_lane(xs + at, i32x4.sub(i32x4.trunc_sat_f64x2_s_zero(place), i32x4.splat(originX)), 0);
    place = f64x2.add(f64x2.add(f64x2.mul(f64x2.splat(ay), x), f64x2.splat(by)), f64x2.splat(cy));
    place = f64x2.mul(place, scale);
    place = v128.and(place, f64x2.eq(place, place));
    place = f64x2.min(f64x2.max(f64x2.nearest(place), f64x2.splat(leastY)), f64x2.splat(mostY));
    v128.store64_lane(ys + at, i32x4.sub(i32x4.trunc_sat_f64x2_s_zero(place), i32x4.splat(originY)), 0);
    x = f64x2.add(x, f64x2.splat(2));
  }
}

/** Copies the pixels at places, of 8 bytes at most. Up to 16 bytes behind the row are written. */
export function fetchNearest(
  source: usize,
  stride: i32,
  channels: i32,
  xs: usize,
  ys: usize,
  pixels: i32,
  target: usize,
): void {
  for (let at = 0; at < pixels << 2; at += 4) {
    store<u64>(target, load<u64>(source + load<i32>(ys + at) * stride + load<i32>(xs + at) * channels));
    target += channels;
  }
}

/**
 * Mixes the four pixels around places between them, weighed by their distances; the last of two or four channels is alpha,
 * by which colours are weighed besides. Places beyond the last one must be good ones, too, up to a multiple of four. Up to
 * 16 bytes behind the row are written.
 */
export function fetchLinear(
  source: usize,
  stride: i32,
  channels: i32,
  xs: usize,
  ys: usize,
  pixels: i32,
  target: usize,
): void {
  const order = channels === 1 ? ONE : channels === 2 ? TWO : channels === 3 ? THREE : FOUR;
  // Where alpha is in two pixels beside each other.
  const alphas: u64 = channels === 2 ? 0xff00ff00 : channels === 4 ? 0xff000000ff000000 : 0;
  const parts = i32x4.splat(PARTS);
  const rest = i32x4.splat(PARTS - 1);
  const half = i32x4.splat(512);
  for (let pixel = 0; pixel < pixels; pixel += 4) {
    const x = v128.load(xs + (pixel << 2));
    const y = v128.load(ys + (pixel << 2));
    const right = v128.and(x, rest);
    const below = v128.and(y, rest);
    const left = i32x4.sub(parts, right);
    const above = i32x4.sub(parts, below);
    // Products are at most 1024: two of them fit into 32 bits.
    const upper = v128.or(i32x4.mul(left, above), i32x4.shl(i32x4.mul(right, above), 16));
    const lower = v128.or(i32x4.mul(left, below), i32x4.shl(i32x4.mul(right, below), 16));
    const at = i32x4.add(
      i32x4.mul(i32x4.shr_s(y, PART_BITS), i32x4.splat(stride)),
      i32x4.mul(i32x4.shr_s(x, PART_BITS), i32x4.splat(channels)),
    );
    const at0 = source + i32x4.extract_lane(at, 0);
    const at1 = source + i32x4.extract_lane(at, 1);
    const at2 = source + i32x4.extract_lane(at, 2);
    const at3 = source + i32x4.extract_lane(at, 3);
    if (alphas !== 0) {
      let all = load<u64>(at0) & load<u64>(at0 + stride) & load<u64>(at1) & load<u64>(at1 + stride);
      all &= load<u64>(at2) & load<u64>(at2 + stride) & load<u64>(at3) & load<u64>(at3 + stride);
      if ((all & alphas) !== alphas) {
        for (let n = 0; n < 4; n++) {
          const place = (pixel + n) << 2;
          mixByAlpha(source, stride, channels, load<i32>(xs + place), load<i32>(ys + place), target);
          target += channels;
        }
        continue;
      }
    }
    const first = i16x8.narrow_i32x4_s(
      mix(at0, stride, order, i32x4.shuffle(upper, upper, 0, 0, 0, 0), i32x4.shuffle(lower, lower, 0, 0, 0, 0), half),
      mix(at1, stride, order, i32x4.shuffle(upper, upper, 1, 1, 1, 1), i32x4.shuffle(lower, lower, 1, 1, 1, 1), half),
    );
    const second = i16x8.narrow_i32x4_s(
      mix(at2, stride, order, i32x4.shuffle(upper, upper, 2, 2, 2, 2), i32x4.shuffle(lower, lower, 2, 2, 2, 2), half),
      mix(at3, stride, order, i32x4.shuffle(upper, upper, 3, 3, 3, 3), i32x4.shuffle(lower, lower, 3, 3, 3, 3), half),
    );
    const levels = i8x16.narrow_i16x8_u(first, second);
    // What a pixel has less than four bytes is written over by the next.
    v128.store32_lane(target, levels, 0);
    v128.store32_lane(target + channels, levels, 1);
    v128.store32_lane(target + 2 * channels, levels, 2);
    v128.store32_lane(target + 3 * channels, levels, 3);
    target += 4 * channels;
  }
}

function mix(at: usize, stride: i32, order: v128, upper: v128, lower: v128, half: v128): v128 {
  const above = i32x4.dot_i16x8_s(i8x16.swizzle(v128.load64_zero(at), order), upper);
  const below = i32x4.dot_i16x8_s(i8x16.swizzle(v128.load64_zero(at + stride), order), lower);
  return i32x4.shr_u(i32x4.add(i32x4.add(above, below), half), 10);
}

function mixByAlpha(source: usize, stride: i32, channels: i32, x: i32, y: i32, target: usize): void {
  const right = x & (PARTS - 1);
  const below = y & (PARTS - 1);
  const at = source + (y >> PART_BITS) * stride + (x >> PART_BITS) * channels;
  const last = channels - 1;
  const weight0 = (PARTS - right) * (PARTS - below) * load<u8>(at + last);
  const weight1 = right * (PARTS - below) * load<u8>(at + channels + last);
  const weight2 = (PARTS - right) * below * load<u8>(at + stride + last);
  const weight3 = right * below * load<u8>(at + stride + channels + last);
  const opaque = weight0 + weight1 + weight2 + weight3;
  store<u8>(target + last, (opaque + 512) >> 10);
  for (let c = 0; c < last; c++) {
    const from = at + c;
    let sum = weight0 * load<u8>(from) + weight1 * load<u8>(from + channels);
    sum += weight2 * load<u8>(from + stride) + weight3 * load<u8>(from + stride + channels);
    store<u8>(target + c, opaque === 0 ? 0 : <u32>(2 * sum + opaque) / <u32>(2 * opaque));
  }
}
