/**
 * Keys of `pixels` pixels, from number `from` of the scenes' planes on, group by group of as many pixels as a vector holds:
 * in each group one vector for each scene. `offsets`: where each scene's first plane begins.
 */

/** r + g + b of 8-bit samples in 16 bits; 0x7fff where one of them is `nodata` or `saturation`. Writes 16 pixels at a time. */
export function gatherSums8(
  offsets: usize,
  scenes: i32,
  plane: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  keys: usize,
): void {
  const stride = scenes << 4;
  const none = i8x16.splat(<i8>nodata);
  const full = i8x16.splat(<i8>saturation);
  for (let scene = 0; scene < scenes; scene++) {
    const base = load<usize>(offsets + (scene << 2)) + from;
    let at = keys + (scene << 4);
    for (let x = 0; x < pixels; x += 16) {
      const red = v128.load(base + x);
      const green = v128.load(base + x + plane);
      const blue = v128.load(base + x + 2 * plane);
      const odd = v128.or(
        v128.or(v128.or(i8x16.eq(red, none), i8x16.eq(green, none)), i8x16.eq(blue, none)),
        v128.or(v128.or(i8x16.eq(red, full), i8x16.eq(green, full)), i8x16.eq(blue, full)),
      );
      const low = i16x8.add(
        i16x8.add(i16x8.extend_low_i8x16_u(red), i16x8.extend_low_i8x16_u(green)),
        i16x8.extend_low_i8x16_u(blue),
      );
      const high = i16x8.add(
        i16x8.add(i16x8.extend_high_i8x16_u(red), i16x8.extend_high_i8x16_u(green)),
        i16x8.extend_high_i8x16_u(blue),
      );
      v128.store(at, v128.or(low, i16x8.shr_u(i16x8.extend_low_i8x16_s(odd), 1)));
      v128.store(at + stride, v128.or(high, i16x8.shr_u(i16x8.extend_high_i8x16_s(odd), 1)));
      at += 2 * stride;
    }
  }
}

/** r + g + b of 16-bit samples in 32 bits; 0x7fffffff where one of them does not count. Writes 8 pixels at a time. */
export function gatherSums16(
  offsets: usize,
  scenes: i32,
  plane: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  keys: usize,
): void {
  const stride = scenes << 4;
  const none = i16x8.splat(<i16>nodata);
  const full = i16x8.splat(<i16>saturation);
  for (let scene = 0; scene < scenes; scene++) {
    const base = load<usize>(offsets + (scene << 2)) + 2 * from;
    let at = keys + (scene << 4);
    for (let x = 0; x < pixels; x += 8) {
      const red = v128.load(base + 2 * x);
      const green = v128.load(base + 2 * x + plane);
      const blue = v128.load(base + 2 * x + 2 * plane);
      const odd = v128.or(
        v128.or(v128.or(i16x8.eq(red, none), i16x8.eq(green, none)), i16x8.eq(blue, none)),
        v128.or(v128.or(i16x8.eq(red, full), i16x8.eq(green, full)), i16x8.eq(blue, full)),
      );
      const low = i32x4.add(
        i32x4.add(i32x4.extend_low_i16x8_u(red), i32x4.extend_low_i16x8_u(green)),
        i32x4.extend_low_i16x8_u(blue),
      );
      const high = i32x4.add(
        i32x4.add(i32x4.extend_high_i16x8_u(red), i32x4.extend_high_i16x8_u(green)),
        i32x4.extend_high_i16x8_u(blue),
      );
      v128.store(at, v128.or(low, i32x4.shr_u(i32x4.extend_low_i16x8_s(odd), 1)));
      v128.store(at + stride, v128.or(high, i32x4.shr_u(i32x4.extend_high_i16x8_s(odd), 1)));
      at += 2 * stride;
    }
  }
}

/** 8-bit samples in 16 bits; 0x7fff where they do not count. Writes 16 pixels at a time. */
export function gatherBand8(
  offsets: usize,
  scenes: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  keys: usize,
): void {
  const stride = scenes << 4;
  const none = i8x16.splat(<i8>nodata);
  const full = i8x16.splat(<i8>saturation);
  for (let scene = 0; scene < scenes; scene++) {
    const base = load<usize>(offsets + (scene << 2)) + from;
    let at = keys + (scene << 4);
    for (let x = 0; x < pixels; x += 16) {
      const sample = v128.load(base + x);
      const odd = v128.or(i8x16.eq(sample, none), i8x16.eq(sample, full));
      const low = i16x8.shr_u(i16x8.extend_low_i8x16_s(odd), 1);
      const high = i16x8.shr_u(i16x8.extend_high_i8x16_s(odd), 1);
      v128.store(at, v128.or(i16x8.extend_low_i8x16_u(sample), low));
      v128.store(at + stride, v128.or(i16x8.extend_high_i8x16_u(sample), high));
      at += 2 * stride;
    }
  }
}

/**
 * 16-bit samples in signed 16 bits: `nodata` is left out of the row of values, those above it move down by one, and all
 * have their highest bit turned, so that 0x7fff remains for what does not count. Writes 8 pixels at a time.
 */
export function gatherBand16(
  offsets: usize,
  scenes: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  keys: usize,
): void {
  const stride = scenes << 4;
  const none = i16x8.splat(<i16>nodata);
  const full = i16x8.splat(<i16>saturation);
  const flip = i16x8.splat(<i16>0x8000);
  for (let scene = 0; scene < scenes; scene++) {
    const base = load<usize>(offsets + (scene << 2)) + 2 * from;
    let at = keys + (scene << 4);
    for (let x = 0; x < pixels; x += 8) {
      const sample = v128.load(base + 2 * x);
      const odd = v128.or(i16x8.eq(sample, none), i16x8.eq(sample, full));
      const packed = i16x8.add(sample, i16x8.gt_u(sample, none));
      v128.store(at, v128.bitselect(i16x8.splat(0x7fff), v128.xor(packed, flip), odd));
      at += stride;
    }
  }
}
