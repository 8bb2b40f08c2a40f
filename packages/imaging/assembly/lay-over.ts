/** Half of what sixteen bits of a product of two levels are divided by, rounded up. */
const HALF: i16 = 128;

/**
 * Lays `layer`, RGB (`layers` 3) or RGBA (4), over `picture`, RGB (3 channels) or RGBA (4), in place: source-over with colours mixed by a mode, the
 * number of a blend mode in the order of blend-modes.ts. `opacity` is 0–255. `scratch` has 48 bytes.
 */
export function layOver(
  picture: usize,
  layer: usize,
  pixels: i32,
  channels: i32,
  layers: i32,
  mode: i32,
  opacity: i32,
  scratch: usize,
): void {
  const rgb = channels === 3;
  const fromRgb = i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  const packed = i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  const written = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0);
  const alphas = i8x16(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
  const opaque = i32x4.splat(0xff000000);
  const share = i16x8.splat(<i16>opacity);
  for (let x = 0; x < pixels; x += 4) {
    const at = picture + x * channels;
    const here = v128.load(at);
    const under = rgb ? v128.or(i8x16.swizzle(here, fromRgb), opaque) : here;
    const given = v128.load(layer + x * layers);
    const above = layers === 4 ? given : v128.or(i8x16.swizzle(given, fromRgb), opaque);
    const cover = i8x16.swizzle(above, alphas);
    const alpha = i8x16.narrow_i16x8_u(
      share255(i16x8.mul(i16x8.extend_low_i8x16_u(cover), share)),
      share255(i16x8.mul(i16x8.extend_high_i8x16_u(cover), share)),
    );
    const mixed = mix(under, above, mode);
    if (!v128.any_true(v128.andnot(opaque, under))) {
      const result = v128.or(overOpaque(under, mixed, alpha), opaque);
      v128.store(at, rgb ? v128.bitselect(i8x16.swizzle(result, packed), here, written) : result);
    } else {
      v128.store(scratch, mixed);
      v128.store(scratch, alpha, 16);
      v128.store(scratch, above, 32);
      for (let n = 0; n < 4; n++) overTransparent(at + 4 * n, scratch + 4 * n);
    }
  }
}

/** Lays `layer` over `picture`, both RGB, in place; all of it is as opaque as `opacity` says, 0–255. */
export function layOverOpaque(picture: usize, layer: usize, bytes: i32, mode: i32, opacity: i32): void {
  const alpha = i8x16.splat(<i8>opacity);
  for (let x = 0; x < bytes; x += 16) {
    const under = v128.load(picture + x);
    v128.store(picture + x, overOpaque(under, mix(under, v128.load(layer + x), mode), alpha));
  }
}

/** A product of two levels, divided by 255 and rounded: exact for all below 2¹⁶ − 128. */
export function share255(products: v128): v128 {
  const sums = i16x8.add(products, i16x8.splat(HALF));
  return i16x8.shr_u(i16x8.add(sums, i16x8.shr_u(sums, 8)), 8);
}

/** The shares of two vectors of levels. */
export function multiply(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_u(share255(i16x8.extmul_low_i8x16_u(a, b)), share255(i16x8.extmul_high_i8x16_u(a, b)));
}

function overOpaque(under: v128, mixed: v128, alpha: v128): v128 {
  const rest = v128.not(alpha);
  return i8x16.narrow_i16x8_u(
    share255(i16x8.add(i16x8.extmul_low_i8x16_u(under, rest), i16x8.extmul_low_i8x16_u(mixed, alpha))),
    share255(i16x8.add(i16x8.extmul_high_i8x16_u(under, rest), i16x8.extmul_high_i8x16_u(mixed, alpha))),
  );
}

/**
 * One pixel that may be transparent; `mixed` points to its mixed colour, 16 bytes on to the layer's alpha, and as far again
 * to the layer's colour.
 */
function overTransparent(picture: usize, mixed: usize): void {
  const alpha: u32 = load<u8>(mixed, 16);
  if (alpha === 0) return;
  const backdrop: u32 = load<u8>(picture, 3);
  const both = alpha * backdrop;
  const whole = 255 * (alpha + backdrop) - both;
  for (let colour: usize = 0; colour < 3; colour++) {
    const sum =
      alpha * (255 - backdrop) * <u32>load<u8>(mixed + colour, 32) +
      backdrop * (255 - alpha) * <u32>load<u8>(picture + colour) +
      both * <u32>load<u8>(mixed + colour);
    store<u8>(picture + colour, <u8>((2 * sum + whole) / (2 * whole)));
  }
  store<u8>(picture, <u8>((2 * whole + 255) / 510), 3);
}

function mix(under: v128, above: v128, mode: i32): v128 {
  switch (mode) {
    case 1:
      return multiply(under, above);
    case 2:
      return screen(under, above);
    case 3:
      return overlay(under, above);
    case 4:
      return i8x16.min_u(under, above);
    case 5:
      return i8x16.max_u(under, above);
    case 6:
      return v128.or(i8x16.sub_sat_u(under, above), i8x16.sub_sat_u(above, under));
    case 7:
      return i8x16.add_sat_u(under, above);
    case 8:
      return i8x16.sub_sat_u(under, above);
    default:
      return above;
  }
}

function screen(under: v128, above: v128): v128 {
  return v128.not(multiply(v128.not(under), v128.not(above)));
}

function overlay(under: v128, above: v128): v128 {
  const doubled = i8x16.add(under, under);
  // Of the upper half twice the level less 255: what is left of the sum beyond eight bits, and one.
  const upper = screen(i8x16.add(doubled, i8x16.splat(1)), above);
  return v128.bitselect(upper, multiply(doubled, above), i8x16.lt_s(under, i8x16.splat(0)));
}
