import { held } from './held';

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
  const down = f32x4.splat(downSquared);
  const scales = f32x4.splat(scale);
  const shifts = f32x4.splat(shift);
  const missings = f32x4.splat(missing);
  const zero = held(f32x4.splat(0));
  const one = held(f32x4.splat(1));
  const three = held(f32x4.splat(3));
  const four = held(f32x4.splat(4));
  const half = held(f32x4.splat(0.5));
  const step = <usize>(channels << 2);
  let to = target;
  for (let from = source, end = source + <usize>(pixels * channels); from < end; from += step, to += step) {
    const away = f32x4.sqrt(f32x4.add(f32x4.mul(x, x), down));
    const dark = f32x4.sub(f32x4.mul(away, scales), shifts);
    const s = f32x4.pmin(one, f32x4.pmax(zero, dark));
    const smooth = f32x4.sub(three, f32x4.add(s, s));
    const light = f32x4.sub(one, f32x4.mul(f32x4.mul(f32x4.mul(missings, s), s), smooth));
    const samples = v128.load(from);
    const low = i16x8.extend_low_i8x16_u(samples);
    const first = i32x4.extend_low_i16x8_u(low);
    if (channels === 1) {
      const words = i16x8.narrow_i32x4_s(lit(half, first, light), light);
      store<u32>(to, i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
    } else if (channels === 2) {
      const second = i32x4.extend_high_i16x8_u(low);
      const words = i16x8.narrow_i32x4_s(
        lit(half, first, i32x4.shuffle(light, one, 0, 4, 1, 4)),
        lit(half, second, i32x4.shuffle(light, one, 2, 4, 3, 4)),
      );
      v128.store64_lane(to, i8x16.narrow_i16x8_u(words, words), 0);
    } else {
      const second = i32x4.extend_high_i16x8_u(low);
      const high = i16x8.extend_high_i8x16_u(samples);
      const third = i32x4.extend_low_i16x8_u(high);
      if (channels === 3) {
        const words = i16x8.narrow_i32x4_s(
          lit(half, first, i32x4.shuffle(light, light, 0, 0, 0, 1)),
          lit(half, second, i32x4.shuffle(light, light, 1, 1, 2, 2)),
        );
        const rest = i16x8.narrow_i32x4_s(lit(half, third, i32x4.shuffle(light, light, 2, 3, 3, 3)), light);
        v128.store(to, i8x16.narrow_i16x8_u(words, rest));
      } else {
        const fourth = i32x4.extend_high_i16x8_u(high);
        const words = i16x8.narrow_i32x4_s(
          lit(half, first, i32x4.shuffle(light, one, 0, 0, 0, 4)),
          lit(half, second, i32x4.shuffle(light, one, 1, 1, 1, 4)),
        );
        const rest = i16x8.narrow_i32x4_s(
          lit(half, third, i32x4.shuffle(light, one, 2, 2, 2, 4)),
          lit(half, fourth, i32x4.shuffle(light, one, 3, 3, 3, 4)),
        );
        v128.store(to, i8x16.narrow_i16x8_u(words, rest));
      }
    }
    x = f32x4.add(x, four);
  }
}

/** Levels times the light, rounded half up. */
function lit(half: v128, levels: v128, light: v128): v128 {
  const values = f32x4.mul(f32x4.convert_i32x4_s(levels), light);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(values, half));
}
