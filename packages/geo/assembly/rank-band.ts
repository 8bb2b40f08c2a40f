import { gatherBand16, gatherBand8 } from './gather';
import { countLess, select } from './select';

/** Where in `scratch` the ranks are, how many keys are less, and the keys. */
const RANK: usize = 16;
const UNDER: usize = 32;
const KEYS: usize = 128;

/**
 * Of each of `pixels` pixels, from number `from` of planes of 8-bit samples on, the sample of the wanted rank among the
 * scenes' samples that count. Arguments are those of `rankTriplets8`; `scratch`: 128 bytes, and 2 for each scene and pixel,
 * pixels rounded up to 16.
 */
export function rankBand8(
  offsets: usize,
  scenes: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  ranks: usize,
  target: usize,
  counts: usize,
  scratch: usize,
): void {
  gatherBand8(offsets, scenes, from, pixels, nodata, saturation, scratch + KEYS);
  for (let x = 0; x < pixels; x += 8) {
    const group = scratch + KEYS + (x >> 3) * (scenes << 4);
    const count = countGroup(group, scenes, ranks, scratch);
    v128.store(counts + (x << 1), count);
    const end = group + (scenes << 4);
    const found = select<i16, u16>(group, end, 8, i16x8.splat(0), v128.load(scratch, RANK), scratch + UNDER);
    const value = v128.bitselect(i16x8.splat(<i16>nodata), found, i16x8.eq(count, i16x8.splat(0)));
    v128.store64_lane(target + x, i8x16.narrow_i16x8_u(value, value), 0);
  }
}

/** The same of 16-bit samples. */
export function rankBand16(
  offsets: usize,
  scenes: i32,
  from: i32,
  pixels: i32,
  nodata: i32,
  saturation: i32,
  ranks: usize,
  target: usize,
  counts: usize,
  scratch: usize,
): void {
  const none = i16x8.splat(<i16>nodata);
  gatherBand16(offsets, scenes, from, pixels, nodata, saturation, scratch + KEYS);
  for (let x = 0; x < pixels; x += 8) {
    const group = scratch + KEYS + (x >> 3) * (scenes << 4);
    const count = countGroup(group, scenes, ranks, scratch);
    v128.store(counts + (x << 1), count);
    const end = group + (scenes << 4);
    const flip = i16x8.splat(<i16>0x8000);
    const packed = select<i16, u16>(group, end, 16, flip, v128.load(scratch, RANK), scratch + UNDER);
    const found = i16x8.sub(packed, i16x8.ge_u(packed, none));
    v128.store(target + (x << 1), v128.bitselect(none, found, i16x8.eq(count, i16x8.splat(0))));
  }
}

/** Numbers of samples that count; their ranks are stored. */
function countGroup(keys: usize, scenes: i32, ranks: usize, scratch: usize): v128 {
  const count = countLess<i16>(keys, keys + (scenes << 4), i16x8.splat(0x7fff));
  v128.store(scratch, count);
  for (let at: usize = 0; at < 16; at += 2) {
    store<u16>(scratch + RANK + at, load<u16>(ranks + ((<usize>load<u16>(scratch + at)) << 1)));
  }
  return count;
}
