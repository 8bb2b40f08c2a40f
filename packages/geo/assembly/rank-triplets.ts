import { gatherSums16, gatherSums8 } from './gather';
import { countLess, select, selectOf } from './select';

/** Where in `scratch` what is looked at lane by lane is: vectors of the keys' type, then 8 numbers of 32 bits each. */
const RANK: usize = 16;
const UNDER: usize = 32;
const SUM: usize = 48;
const TIE_COUNTS: usize = 64;
const CHOSEN: usize = 96;
const TIES: usize = 128;

/**
 * Of each of `pixels` pixels, from number `from` of planes of 8-bit samples on, the RGB triplet whose sum is of the wanted
 * rank among the scenes' samples that count. `offsets`: where each scene's red plane begins; green and blue follow `plane`
 * bytes apart. A sample counts if no channel is `nodata` or `saturation`. `ranks`: the rank for each number of samples, in
 * 16 bits. Equal sums are ordered by r, then g (`exact`), or by their scene. Writes three planes `targetPlane` bytes apart
 * and the numbers of samples in 16 bits; where there are none, the triplet is `nodata`. `scratch`: 128 bytes, 32 for each
 * scene, and 2 for each scene and pixel, pixels rounded up to 16. Targets are written in whole groups of 8 pixels.
 */
export function rankTriplets8(
  offsets: usize,
  scenes: i32,
  plane: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  ranks: usize,
  exact: bool,
  target: usize,
  targetPlane: i32,
  counts: usize,
  scratch: usize,
): void {
  const keys = scratch + TIES + (scenes << 5);
  gatherSums8(offsets, scenes, plane, from, pixels, nodata, saturation, keys);
  for (let x = 0; x < pixels; x += 8) {
    const group = keys + (x >> 3) * (scenes << 4);
    rankGroup<i16, u16, u8>(group, offsets, scenes, plane, from + x, 10, ranks, exact, scratch);
    writeGroup<u16, u8>(x, nodata, target, targetPlane, counts, scratch);
  }
}

/** The same of 16-bit samples. `scratch`: 128 bytes, 32 for each scene, and 4 for each scene and pixel. */
export function rankTriplets16(
  offsets: usize,
  scenes: i32,
  plane: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  ranks: usize,
  exact: bool,
  target: usize,
  targetPlane: i32,
  counts: usize,
  scratch: usize,
): void {
  const keys = scratch + TIES + (scenes << 5);
  gatherSums16(offsets, scenes, plane, from, pixels, nodata, saturation, keys);
  for (let x = 0; x < pixels; x += 4) {
    const group = keys + (x >> 2) * (scenes << 4);
    rankGroup<i32, u32, u16>(group, offsets, scenes, plane, from + x, 18, ranks, exact, scratch);
    writeGroup<u32, u16>(x, nodata, target, targetPlane, counts, scratch);
  }
}

/** Finds counts, sums and chosen (r << 16 | g) of the pixels of one group of keys: K with the unsigned U, of samples S. */
function rankGroup<K, U, S>(
  keys: usize,
  offsets: usize,
  scenes: i32,
  plane: i32,
  pixel: i32,
  bits: i32,
  ranks: usize,
  exact: bool,
  scratch: usize,
): void {
  const end = keys + (scenes << 4);
  const count = countLess<K>(keys, end, v128.splat<K>(<K>(sizeof<K>() === 2 ? 0x7fff : 0x7fffffff)));
  v128.store(scratch, count);
  if (!v128.any_true(count)) return;
  const lanes = <i32>(16 / sizeof<K>());
  for (let lane = 0; lane < lanes; lane++) {
    const at = lane * <i32>sizeof<K>();
    store<U>(scratch + RANK + at, <U>load<u16>(ranks + ((<i32>load<U>(scratch + at)) << 1)));
  }
  const rank = v128.load(scratch, RANK);
  const sum = select<K, U>(keys, end, bits, v128.splat<K>(0), rank, scratch + UNDER);
  v128.store(scratch, sum, SUM);
  if (exact) chooseByColour<K, U, S>(keys, sum, offsets, scenes, plane, pixel, scratch);
  else chooseByScene<K, S>(keys, sum, offsets, scenes, plane, pixel, scratch);
}

/** Of the samples of the wanted sum the one whose (r, g) has the rank that is left. */
function chooseByColour<K, U, S>(
  keys: usize,
  sum: v128,
  offsets: usize,
  scenes: i32,
  plane: i32,
  pixel: i32,
  scratch: usize,
): void {
  const lanes = <i32>(16 / sizeof<K>());
  const ties = scratch + TIES;
  memory.fill(scratch + TIE_COUNTS, 0, 32);
  for (let scene = 0; scene < scenes; scene++) {
    let hits = v128.bitmask<K>(v128.eq<K>(v128.load(keys + (scene << 4)), sum));
    while (hits !== 0) {
      const lane = <i32>ctz(hits);
      hits &= hits - 1;
      const number = scratch + TIE_COUNTS + (lane << 2);
      const tie = load<i32>(number);
      store<i32>(number, tie + 1);
      store<u32>(ties + ((lane * scenes + tie) << 2), colour<S>(offsets, scene, plane, pixel + lane));
    }
  }
  for (let lane = 0; lane < lanes; lane++) {
    const number = load<i32>(scratch + TIE_COUNTS + (lane << 2));
    if (number === 0) continue;
    const at = lane * <i32>sizeof<K>();
    const rank = <i32>load<U>(scratch + RANK + at) - <i32>load<U>(scratch + UNDER + at);
    store<u32>(scratch + CHOSEN + (lane << 2), selectOf(ties + ((lane * scenes) << 2), number, rank));
  }
}

/** Of the samples of the wanted sum the one whose scene has the rank that is left. */
function chooseByScene<K, S>(
  keys: usize,
  sum: v128,
  offsets: usize,
  scenes: i32,
  plane: i32,
  pixel: i32,
  scratch: usize,
): void {
  let left = v128.sub<K>(v128.load(scratch, RANK), v128.load(scratch, UNDER));
  for (let scene = 0; scene < scenes; scene++) {
    const tie = v128.eq<K>(v128.load(keys + (scene << 4)), sum);
    let hits = v128.bitmask<K>(v128.and(tie, v128.eq<K>(left, v128.splat<K>(0))));
    while (hits !== 0) {
      const lane = <i32>ctz(hits);
      hits &= hits - 1;
      store<u32>(scratch + CHOSEN + (lane << 2), colour<S>(offsets, scene, plane, pixel + lane));
    }
    // Minus one where there is a tie; below zero it is never zero again.
    left = v128.add<K>(left, tie);
  }
}

/** Red and green of a scene's pixel. */
function colour<S>(offsets: usize, scene: i32, plane: i32, pixel: i32): u32 {
  const red = load<usize>(offsets + (scene << 2)) + pixel * sizeof<S>();
  return ((<u32>load<S>(red)) << 16) | (<u32>load<S>(red + plane));
}

/** Writes what was found for the group of pixels that begins at `x`. */
function writeGroup<U, S>(x: i32, nodata: i32, target: usize, targetPlane: i32, counts: usize, scratch: usize): void {
  const lanes = <i32>(16 / sizeof<U>());
  for (let lane = 0; lane < lanes; lane++) {
    const at = lane * <i32>sizeof<U>();
    const count = <u32>load<U>(scratch + at);
    const found = load<u32>(scratch + CHOSEN + (lane << 2));
    const red = count === 0 ? nodata : <i32>(found >> 16);
    const green = count === 0 ? nodata : <i32>(found & 0xffff);
    const blue = count === 0 ? nodata : <i32>load<U>(scratch + SUM + at) - red - green;
    const to = target + (x + lane) * sizeof<S>();
    store<S>(to, <S>red);
    store<S>(to + targetPlane, <S>green);
    store<S>(to + 2 * targetPlane, <S>blue);
    store<u16>(counts + ((x + lane) << 1), <u16>count);
  }
}
