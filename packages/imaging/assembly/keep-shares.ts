import { multiply } from './lay-over';

/**
 * Multiplies the colours of each pixel, or its alpha (`fade`; 255 where there was none), by its share of 255, rounded.
 * The target has alpha if the picture has, or if it fades. `scratch` has 32 bytes.
 */
export function keepShares(
  picture: usize,
  shares: usize,
  target: usize,
  pixels: i32,
  channels: i32,
  fade: bool,
  scratch: usize,
): void {
  const made = fade && channels % 2 === 1 ? channels + 1 : channels;
  // As many whole pixels as a vector holds; what lies behind them in it is written again by the next.
  const count = 16 / made;
  for (let n = 0; n < 16; n++) {
    const pixel = n / made;
    const channel = n % made;
    const isAlpha = made % 2 === 0 && channel === made - 1;
    const inside = pixel < count;
    store<i8>(scratch + n, inside && channel < channels ? <i8>(pixel * channels + channel) : -1);
    store<i8>(scratch + n, inside && isAlpha === fade ? <i8>pixel : -1, 16);
  }
  const levels = v128.load(scratch);
  const factors = v128.load(scratch, 16);
  // Where there is nothing to take from: wholly opaque, wholly kept.
  const noLevel = i8x16.shr_s(levels, 7);
  const noFactor = i8x16.shr_s(factors, 7);
  for (let x = 0; x < pixels; x += count) {
    const level = v128.or(i8x16.swizzle(v128.load(picture + x * channels), levels), noLevel);
    const factor = v128.or(i8x16.swizzle(v128.load(shares + x), factors), noFactor);
    v128.store(target + x * made, multiply(level, factor));
  }
}
