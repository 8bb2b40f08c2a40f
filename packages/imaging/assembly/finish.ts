/** How levels are made of sums; `Finish` in packages/imaging/src/operations/finish.ts gives them names. */
export const LEVEL: i32 = 0;
export const LEVEL_OF_AMOUNT: i32 = 1;
export const LINEAR: i32 = 2;
export const AMOUNT: i32 = 3;
export const LENGTH: i32 = 4;

/**
 * Makes the levels of a row out of 32-bit sums that are levels already (`LEVEL`, with `offset` added) or their amounts
 * (`LEVEL_OF_AMOUNT`).
 */
export function finishIntegers(sums: usize, target: usize, samples: i32, finish: i32, offset: i32): void {
  const added = i32x4.splat(offset);
  const amounts = finish === LEVEL_OF_AMOUNT;
  for (let x = 0; x < samples; x += 16) {
    const at = sums + (x << 2);
    const first = i16x8.narrow_i32x4_s(
      levels(v128.load(at), added, amounts),
      levels(v128.load(at, 16), added, amounts),
    );
    const second = i16x8.narrow_i32x4_s(
      levels(v128.load(at, 32), added, amounts),
      levels(v128.load(at, 48), added, amounts),
    );
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}

function levels(sums: v128, added: v128, amounts: bool): v128 {
  return amounts ? i32x4.abs(sums) : i32x4.add(sums, added);
}

/**
 * Makes the levels of a row out of sums of 64-bit numbers, rounded to the nearest integer, halves up: `LINEAR`: sum / factor +
 * offset; `AMOUNT`: factor |sum|; `LENGTH`: factor √(sum² + second²).
 */
export function finishNumbers(
  sums: usize,
  seconds: usize,
  target: usize,
  samples: i32,
  finish: i32,
  factor: f64,
  offset: f64,
): void {
  const f = f64x2.splat(factor);
  const o = f64x2.splat(offset);
  for (let x = 0; x < samples; x += 8) {
    const at = sums + (x << 3);
    const other = seconds + (x << 3);
    const a = i16x8.narrow_i32x4_s(
      four(v128.load(at), v128.load(at, 16), v128.load(other), v128.load(other, 16), finish, f, o),
      four(v128.load(at, 32), v128.load(at, 48), v128.load(other, 32), v128.load(other, 48), finish, f, o),
    );
    v128.store64_lane(target + x, i8x16.narrow_i16x8_u(a, a), 0);
  }
}

/** The same of 32-bit sums. */
export function finishSums(
  sums: usize,
  seconds: usize,
  target: usize,
  samples: i32,
  finish: i32,
  factor: f64,
  offset: f64,
): void {
  const f = f64x2.splat(factor);
  const o = f64x2.splat(offset);
  for (let x = 0; x < samples; x += 8) {
    const a = i16x8.narrow_i32x4_s(
      fourOfIntegers(sums + (x << 2), seconds + (x << 2), finish, f, o),
      fourOfIntegers(sums + (x << 2) + 16, seconds + (x << 2) + 16, finish, f, o),
    );
    v128.store64_lane(target + x, i8x16.narrow_i16x8_u(a, a), 0);
  }
}

function fourOfIntegers(at: usize, other: usize, finish: i32, factor: v128, offset: v128): v128 {
  const a = f64x2.convert_low_i32x4_s(v128.load64_zero(at));
  const b = f64x2.convert_low_i32x4_s(v128.load64_zero(at, 8));
  if (finish !== LENGTH) return four(a, b, a, b, finish, factor, offset);
  const c = f64x2.convert_low_i32x4_s(v128.load64_zero(other));
  const d = f64x2.convert_low_i32x4_s(v128.load64_zero(other, 8));
  return four(a, b, c, d, finish, factor, offset);
}

/** Four integers out of sums a and b, and second sums c and d. */
function four(a: v128, b: v128, c: v128, d: v128, finish: i32, factor: v128, offset: v128): v128 {
  const first = i32x4.trunc_sat_f64x2_s_zero(two(a, c, finish, factor, offset));
  const second = i32x4.trunc_sat_f64x2_s_zero(two(b, d, finish, factor, offset));
  return i64x2.shuffle(first, second, 0, 2);
}

function two(sums: v128, seconds: v128, finish: i32, factor: v128, offset: v128): v128 {
  let values: v128;
  if (finish === LINEAR) values = f64x2.add(f64x2.div(sums, factor), offset);
  else if (finish === AMOUNT) values = f64x2.mul(factor, f64x2.abs(sums));
  else {
    const squares = f64x2.add(f64x2.mul(sums, sums), f64x2.mul(seconds, seconds));
    values = f64x2.mul(factor, f64x2.sqrt(squares));
  }
  return f64x2.floor(f64x2.add(values, f64x2.splat(0.5)));
}
