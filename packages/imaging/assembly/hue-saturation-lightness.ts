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
  const end = source + <usize>(pixels * channels);
  // Masks that are written where they are used cost one instruction, others three.
  if (channels === 3) {
    for (let at = source, to = target; at < end; at += 12, to += 12) {
      const here = v128.load(at);
      const red = i8x16.swizzle(here, i8x16(0, Z, Z, Z, 3, Z, Z, Z, 6, Z, Z, Z, 9, Z, Z, Z));
      const green = i8x16.swizzle(here, i8x16(1, Z, Z, Z, 4, Z, Z, Z, 7, Z, Z, Z, 10, Z, Z, Z));
      const blue = i8x16.swizzle(here, i8x16(2, Z, Z, Z, 5, Z, Z, Z, 8, Z, Z, Z, 11, Z, Z, Z));
      const bytes = changed(red, green, blue, turned, strength, keeping, adding);
      v128.store(to, i8x16.swizzle(bytes, i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, Z, Z, Z, Z)));
    }
    return;
  }
  for (let at = source, to = target; at < end; at += 16, to += 16) {
    const here = v128.load(at);
    const red = v128.and(here, i32x4.splat(255));
    const green = v128.and(i32x4.shr_u(here, 8), i32x4.splat(255));
    const blue = v128.and(i32x4.shr_u(here, 16), i32x4.splat(255));
    const bytes = changed(red, green, blue, turned, strength, keeping, adding);
    const colours = i8x16.swizzle(bytes, i8x16(0, 4, 8, Z, 1, 5, 9, Z, 2, 6, 10, Z, 3, 7, 11, Z));
    v128.store(to, v128.bitselect(here, colours, i32x4.splat(0xff000000)));
  }
}

/** Four reds, four greens and four blues as bytes, of the same in 32-bit integers. */
function changed(red: v128, green: v128, blue: v128, turn: v128, stronger: v128, kept: v128, added: v128): v128 {
  const one = i32x4.splat(1);
  const most = i32x4.max_s(i32x4.max_s(red, green), blue);
  const least = i32x4.min_s(i32x4.min_s(red, green), blue);
  const sum = i32x4.add(most, least);
  const chroma = i32x4.sub(most, least);
  const range = i32x4.max_s(one, i32x4.min_s(sum, i32x4.sub(i32x4.splat(510), sum)));
  const half = f32x4.mul(f32x4.convert_i32x4_s(sum), f32x4.splat(<f32>(1.0 / 510.0)));
  const lightness = f32x4.add(f32x4.mul(kept, half), added);
  const strong = f32x4.div(f32x4.mul(stronger, f32x4.convert_i32x4_s(chroma)), f32x4.convert_i32x4_s(range));
  const saturation = f32x4.min(f32x4.splat(1), strong);
  const reach = f32x4.mul(saturation, f32x4.min(lightness, f32x4.sub(f32x4.splat(1), lightness)));
  const isRed = i32x4.eq(most, red);
  const isGreen = i32x4.eq(most, green);
  const difference = v128.bitselect(
    i32x4.sub(green, blue),
    v128.bitselect(i32x4.sub(blue, red), i32x4.sub(red, green), isGreen),
    isRed,
  );
  const second = v128.bitselect(f32x4.splat(2), f32x4.splat(4), isGreen);
  const base = f32x4.add(turn, v128.andnot(second, isRed));
  const place = f32x4.div(f32x4.convert_i32x4_s(difference), f32x4.convert_i32x4_s(i32x4.max_s(one, chroma)));
  const sextant = f32x4.add(base, place);
  const reds = level(lightness, reach, sextant);
  const greens = level(lightness, reach, f32x4.add(sextant, f32x4.splat(4)));
  const blues = level(lightness, reach, f32x4.add(sextant, f32x4.splat(2)));
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(reds, greens), i16x8.narrow_i32x4_s(blues, blues));
}

/** The level of a colour that is so many sixths of the circle from its brightest. */
function level(lightness: v128, reach: v128, sextant: v128): v128 {
  const rounds = f32x4.floor(f32x4.mul(sextant, f32x4.splat(<f32>(1.0 / 6.0))));
  const place = f32x4.sub(sextant, f32x4.mul(f32x4.splat(6), rounds));
  const distance = f32x4.abs(f32x4.sub(place, f32x4.splat(3)));
  const away = f32x4.sub(f32x4.splat(3), f32x4.add(distance, distance));
  const bounded = f32x4.max(f32x4.splat(-1), f32x4.min(f32x4.splat(1), away));
  const value = f32x4.mul(f32x4.splat(255), f32x4.sub(lightness, f32x4.mul(reach, bounded)));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)));
}
