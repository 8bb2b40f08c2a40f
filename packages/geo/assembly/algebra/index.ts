// Operators of expressions over registers of single-precision numbers, four at a time. Areas are padded to a multiple of
// four numbers: what is computed beyond the last sample is never read.

/** First byte that is free for areas. */
export function freeMemory(): usize {
  return __heap_base;
}

const ONE: f32 = 1;

export function add(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

export function subtract(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
}

export function multiply(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}

export function divide(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.div(v128.load(a + i), v128.load(b + i)));
}

export function minimum(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.min(v128.load(a + i), v128.load(b + i)));
}

export function maximum(to: usize, a: usize, b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.max(v128.load(a + i), v128.load(b + i)));
}

export function negative(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.neg(v128.load(a + i)));
}

export function absolute(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.abs(v128.load(a + i)));
}

export function sqrt(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.sqrt(v128.load(a + i)));
}

export function floor(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.floor(v128.load(a + i)));
}

export function ceil(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.ceil(v128.load(a + i)));
}

export function round(to: usize, a: usize, _b: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, f32x4.nearest(v128.load(a + i)));
}

export function less(to: usize, a: usize, b: usize, count: i32): void {
  const one = f32x4.splat(ONE);
  for (let i = 0; i < count << 2; i += 16)
    v128.store(to + i, v128.and(one, f32x4.lt(v128.load(a + i), v128.load(b + i))));
}

export function lessEqual(to: usize, a: usize, b: usize, count: i32): void {
  const one = f32x4.splat(ONE);
  for (let i = 0; i < count << 2; i += 16)
    v128.store(to + i, v128.and(one, f32x4.le(v128.load(a + i), v128.load(b + i))));
}

export function greater(to: usize, a: usize, b: usize, count: i32): void {
  less(to, b, a, count);
}

export function greaterEqual(to: usize, a: usize, b: usize, count: i32): void {
  lessEqual(to, b, a, count);
}

export function equal(to: usize, a: usize, b: usize, count: i32): void {
  const one = f32x4.splat(ONE);
  for (let i = 0; i < count << 2; i += 16)
    v128.store(to + i, v128.and(one, f32x4.eq(v128.load(a + i), v128.load(b + i))));
}

export function notEqual(to: usize, a: usize, b: usize, count: i32): void {
  const one = f32x4.splat(ONE);
  for (let i = 0; i < count << 2; i += 16)
    v128.store(to + i, v128.and(one, f32x4.ne(v128.load(a + i), v128.load(b + i))));
}

/** `b` where `a` is not 0, else `c`. */
export function where(to: usize, a: usize, b: usize, count: i32, c: usize): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < count << 2; i += 16) {
    const isZero = f32x4.eq(v128.load(a + i), zero);
    v128.store(to + i, v128.bitselect(v128.load(c + i), v128.load(b + i), isZero));
  }
}

/** Samples of 8 or 16 bits as single-precision numbers, which are exact. `from` and `to` are areas of their own. */
export function convertUint8(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from + i)));
    v128.store(to + (i << 2), f32x4.convert_i32x4_s(words));
  }
}

export function convertInt8(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const words = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(from + i)));
    v128.store(to + (i << 2), f32x4.convert_i32x4_s(words));
  }
}

export function convertUint16(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i += 4)
    v128.store(to + (i << 2), f32x4.convert_i32x4_s(v128.load_ext<u16>(from + (i << 1))));
}

export function convertInt16(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i += 4)
    v128.store(to + (i << 2), f32x4.convert_i32x4_s(v128.load_ext<i16>(from + (i << 1))));
}

/** number × scale + offset in double precision, rounded once, in place. */
export function rescale(at: usize, count: i32, scale: f64, offset: f64): void {
  const factor = f64x2.splat(scale);
  const shift = f64x2.splat(offset);
  for (let i = 0; i < count << 2; i += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(at + i));
    v128.store64_lane(at + i, f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(pair, factor), shift)), 0);
  }
}

/** Whether all numbers are finite: 0 times a finite one is 0, times another NaN. */
export function allFinite(at: usize, count: i32): i32 {
  const zero = f32x4.splat(0);
  let sum = zero;
  for (let i = 0; i < count << 2; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(at + i), zero));
  return v128.any_true(f32x4.ne(sum, sum)) ? 0 : 1;
}
