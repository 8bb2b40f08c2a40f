/**
 * Levels of a row by four tables each, mixed bilinearly and rounded to the nearest, halves to even. `columns`: for each pixel,
 * in planes of `stride` pixels, the places of its left and of its right table (32 bits, from `upper` and `lower`), and the
 * shares of both (32-bit numbers).
 */
export function mixTables(
  levels: usize,
  target: usize,
  pixels: i32,
  columns: usize,
  stride: i32,
  upper: usize,
  lower: usize,
  ofUpper: f32,
  ofLower: f32,
): void {
  const plane = (<usize>stride) << 2;
  const above = f32x4.splat(ofUpper);
  const below = f32x4.splat(ofLower);
  for (let x = 0; x < pixels; x += 4) {
    const place = columns + ((<usize>x) << 2);
    const ofLeft = v128.load(place + 2 * plane);
    const ofRight = v128.load(place + 3 * plane);
    const four = load<u32>(levels + x);
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    let left: usize;
    let right: usize;
    left = load<i32>(place) + (four & 255);
    right = load<i32>(place + plane) + (four & 255);
    a = i32x4.replace_lane(a, 0, load<u8>(upper + left));
    b = i32x4.replace_lane(b, 0, load<u8>(upper + right));
    c = i32x4.replace_lane(c, 0, load<u8>(lower + left));
    d = i32x4.replace_lane(d, 0, load<u8>(lower + right));
    left = load<i32>(place, 4) + ((four >> 8) & 255);
    right = load<i32>(place + plane, 4) + ((four >> 8) & 255);
    a = i32x4.replace_lane(a, 1, load<u8>(upper + left));
    b = i32x4.replace_lane(b, 1, load<u8>(upper + right));
    c = i32x4.replace_lane(c, 1, load<u8>(lower + left));
    d = i32x4.replace_lane(d, 1, load<u8>(lower + right));
    left = load<i32>(place, 8) + ((four >> 16) & 255);
    right = load<i32>(place + plane, 8) + ((four >> 16) & 255);
    a = i32x4.replace_lane(a, 2, load<u8>(upper + left));
    b = i32x4.replace_lane(b, 2, load<u8>(upper + right));
    c = i32x4.replace_lane(c, 2, load<u8>(lower + left));
    d = i32x4.replace_lane(d, 2, load<u8>(lower + right));
    left = load<i32>(place, 12) + (four >> 24);
    right = load<i32>(place + plane, 12) + (four >> 24);
    a = i32x4.replace_lane(a, 3, load<u8>(upper + left));
    b = i32x4.replace_lane(b, 3, load<u8>(upper + right));
    c = i32x4.replace_lane(c, 3, load<u8>(lower + left));
    d = i32x4.replace_lane(d, 3, load<u8>(lower + right));
    const top = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(a), ofLeft), f32x4.mul(f32x4.convert_i32x4_s(b), ofRight));
    const bottom = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(c), ofLeft), f32x4.mul(f32x4.convert_i32x4_s(d), ofRight));
    const mixed = f32x4.add(f32x4.mul(top, above), f32x4.mul(bottom, below));
    const words = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(f32x4.nearest(mixed)), i32x4.splat(0));
    v128.store32_lane(target + x, i8x16.narrow_i16x8_u(words, words), 0);
  }
}
