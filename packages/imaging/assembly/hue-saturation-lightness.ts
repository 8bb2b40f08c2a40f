import { held } from './held';

/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/**
 * Hue, saturation and lightness of RGB (3 channels) or RGBA (4; alpha stays), all in numbers of 32 bits, one step after the
 * other, in the order of the scalar form. `turn`: sixths of the circle that hues are turned by, 6 more; `stronger`: what
 * saturations are multiplied by; lightness is multiplied by `kept`, then `added` is.
 */
export function hueSaturationLightness(
  source: usize,
  target: usize,
  pixels: i32,
  channels: i32,
  turn: f32,
  stronger: f32,
  kept: f32,
  added: f32,
): void {
  const turned = f32x4.splat(turn);
  const strength = f32x4.splat(stronger);
  const keeping = f32x4.splat(kept);
  const adding = f32x4.splat(added);
  const rgb = channels === 3;
  const reds = rgb
    ? i8x16(0, Z, Z, Z, 3, Z, Z, Z, 6, Z, Z, Z, 9, Z, Z, Z)
    : i8x16(0, Z, Z, Z, 4, Z, Z, Z, 8, Z, Z, Z, 12, Z, Z, Z);
  const greens = i8x16.add(reds, i32x4.splat(1));
  const blues = i8x16.add(reds, i32x4.splat(2));
  // Colours come as four reds, four greens, four blues.
  const order = rgb
    ? i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, Z, Z, Z, Z)
    : i8x16(0, 4, 8, Z, 1, 5, 9, Z, 2, 6, 10, Z, 3, 7, 11, Z);
  const alpha = rgb ? i32x4.splat(0) : i32x4.splat(0xff000000);
  const one = held(i32x4.splat(1));
  const twoWhites = held(i32x4.splat(510));
  const inverse = held(f32x4.splat(<f32>(1.0 / 510.0)));
  const unit = held(f32x4.splat(1));
  const two = held(f32x4.splat(2));
  const three = held(f32x4.splat(3));
  const four = held(f32x4.splat(4));
  const six = held(f32x4.splat(6));
  const sixth = held(f32x4.splat(<f32>(1.0 / 6.0)));
  const minusUnit = held(f32x4.splat(-1));
  const white = held(f32x4.splat(255));
  const half = held(f32x4.splat(0.5));
  const step = <usize>(4 * channels);
  const end = source + <usize>(pixels * channels);
  for (let at = source, to = target; at < end; at += step, to += step) {
    const here = v128.load(at);
    const red = i8x16.swizzle(here, reds);
    const green = i8x16.swizzle(here, greens);
    const blue = i8x16.swizzle(here, blues);
    const most = i32x4.max_s(i32x4.max_s(red, green), blue);
    const least = i32x4.min_s(i32x4.min_s(red, green), blue);
    const sum = i32x4.add(most, least);
    const chroma = i32x4.sub(most, least);
    const range = i32x4.max_s(one, i32x4.min_s(sum, i32x4.sub(twoWhites, sum)));
    const mean = f32x4.mul(f32x4.convert_i32x4_s(sum), inverse);
    const lightness = f32x4.add(f32x4.mul(keeping, mean), adding);
    const strong = f32x4.div(f32x4.mul(strength, f32x4.convert_i32x4_s(chroma)), f32x4.convert_i32x4_s(range));
    const saturation = f32x4.pmin(unit, strong);
    const reach = f32x4.mul(saturation, f32x4.pmin(lightness, f32x4.sub(unit, lightness)));
    const isRed = i32x4.eq(most, red);
    const isGreen = i32x4.eq(most, green);
    const others = v128.bitselect(i32x4.sub(blue, red), i32x4.sub(red, green), isGreen);
    const difference = v128.bitselect(i32x4.sub(green, blue), others, isRed);
    const base = f32x4.add(turned, v128.andnot(v128.bitselect(two, four, isGreen), isRed));
    const place = f32x4.div(f32x4.convert_i32x4_s(difference), f32x4.convert_i32x4_s(i32x4.max_s(one, chroma)));
    const sextant = f32x4.add(base, place);
    const first = level(lightness, reach, sextant, sixth, six, three, minusUnit, unit, white, half);
    const second = level(lightness, reach, f32x4.add(sextant, four), sixth, six, three, minusUnit, unit, white, half);
    const third = level(lightness, reach, f32x4.add(sextant, two), sixth, six, three, minusUnit, unit, white, half);
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(first, second), i16x8.narrow_i32x4_s(third, third));
    v128.store(to, v128.bitselect(here, i8x16.swizzle(bytes, order), alpha));
  }
}

/** The level of a colour that is so many sixths of the circle from its brightest; behind it the constants that it needs. */
function level(
  lightness: v128,
  reach: v128,
  sextant: v128,
  sixth: v128,
  six: v128,
  three: v128,
  minusOne: v128,
  one: v128,
  white: v128,
  half: v128,
): v128 {
  const rounds = f32x4.floor(f32x4.mul(sextant, sixth));
  const place = f32x4.sub(sextant, f32x4.mul(six, rounds));
  const distance = f32x4.abs(f32x4.sub(place, three));
  const away = f32x4.sub(three, f32x4.add(distance, distance));
  const bounded = f32x4.pmax(minusOne, f32x4.pmin(one, away));
  const value = f32x4.mul(white, f32x4.sub(lightness, f32x4.mul(reach, bounded)));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(value, half));
}
