/**
 * Levels of a row times the light that is left at their place, all in numbers of 32 bits, one step after the other. `across` is the
 * first pixel's distance from the middle of the picture, `downSquared` the square of the row's. It gets dark where `scale`
 * times the distance exceeds `shift`, and is darkest where it does by 1; `missing` is the share of light that is gone there.
 */
export function vignette(
  source: usize,
  target: usize,
  pixels: i32,
  channels: i32,
  across: f32,
  downSquared: f32,
  scale: f32,
  shift: f32,
  missing: f32,
): void {
  let x = f32x4(across, across + 1, across + 2, across + 3);
  const one = f32x4.splat(1);
  const step = <usize>(channels << 2);
  let to = target;
  for (let from = source, end = source + <usize>(pixels * channels); from < end; from += step, to += step) {
    const away = f32x4.sqrt(f32x4.add(f32x4.mul(x, x), f32x4.splat(downSquared)));
    const dark = f32x4.sub(f32x4.mul(away, f32x4.splat(scale)), f32x4.splat(shift));
    const s = f32x4.min(one, f32x4.max(f32x4.splat(0), dark));
    const smooth = f32x4.sub(f32x4.splat(3), f32x4.add(s, s));
    const light = f32x4.sub(one, f32x4.mul(f32x4.mul(f32x4.mul(f32x4.splat(missing), s), s), smooth));
    const samples = v128.load(from);
    const low = i16x8.extend_low_i8x16_u(samples);
    const first = i32x4.extend_low_i16x8_u(low);
    if (channels === 1) {
      const words = i16x8.narrow_i32x4_s(lit(first, light), light);
      store<u32>(to, i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
    } else if (channels === 2) {
      const second = i32x4.extend_high_i16x8_u(low);
      const words = i16x8.narrow_i32x4_s(
        lit(first, i32x4.shuffle(light, one, 0, 4, 1, 4)),
        lit(second, i32x4.shuffle(light, one, 2, 4, 3, 4)),
      );
      v128.store64_lane(to, i8x16.narrow_i16x8_u(words, words), 0);
    } else {
      const second = i32x4.extend_high_i16x8_u(low);
      const high = i16x8.extend_high_i8x16_u(samples);
      const third = i32x4.extend_low_i16x8_u(high);
      if (channels === 3) {
        const words = i16x8.narrow_i32x4_s(
          lit(first, i32x4.shuffle(light, light, 0, 0, 0, 1)),
          lit(second, i32x4.shuffle(light, light, 1, 1, 2, 2)),
        );
        const rest = i16x8.narrow_i32x4_s(lit(third, i32x4.shuffle(light, light, 2, 3, 3, 3)), light);
        v128.store(to, i8x16.narrow_i16x8_u(words, rest));
      } else {
        const fourth = i32x4.extend_high_i16x8_u(high);
        const words = i16x8.narrow_i32x4_s(
          lit(first, i32x4.shuffle(light, one, 0, 0, 0, 4)),
          lit(second, i32x4.shuffle(light, one, 1, 1, 1, 4)),
        );
        const rest = i16x8.narrow_i32x4_s(
          lit(third, i32x4.shuffle(light, one, 2, 2, 2, 4)),
          lit(fourth, i32x4.shuffle(light, one, 3, 3, 3, 4)),
        );
        v128.store(to, i8x16.narrow_i16x8_u(words, rest));
      }
    }
    x = f32x4.add(x, f32x4.splat(4));
  }
}

/** Levels times the light, rounded half up. */
function lit(levels: v128, light: v128): v128 {
  const values = f32x4.mul(f32x4.convert_i32x4_s(levels), light);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(values, f32x4.splat(0.5)));
}
