import { hasAlpha, createRaster, type Raster } from '../raster.ts';

/**
 * The picture at half its size, rounded up: each pixel is the mean of 2 × 2, halves rounded up; beyond an odd edge the last
 * column or row is repeated. Colours are weighed by alpha, 0 where all four are transparent. So libvips makes pyramids
 * (`VIPS_REGION_SHRINK_MEAN`), bit for bit without alpha. Regions that begin at even places give parts of the whole.
 */
export function halve(raster: Raster): Raster {
  const { width, height, channels } = raster;
  const half = createRaster(Math.ceil(width / 2), Math.ceil(height / 2), channels);
  const put = hasAlpha(channels) ? putWeighed : putMean;
  for (let y = 0; y < half.height; y++) {
    const above = 2 * y * width;
    const below = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x++) {
      const [left, right] = [2 * x, Math.min(2 * x + 1, width - 1)];
      const to = (y * half.width + x) * channels;
      put(
        raster,
        half.data,
        to,
        (above + left) * channels,
        (above + right) * channels,
        (below + left) * channels,
        (below + right) * channels,
      );
    }
  }
  return half;
}

function putMean(
  { data, channels }: Raster,
  target: Uint8Array,
  to: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  for (let n = 0; n < channels; n++) {
    target[to + n] = (data[a + n]! + data[b + n]! + data[c + n]! + data[d + n]! + 2) >> 2;
  }
}

function putWeighed(
  { data, channels }: Raster,
  target: Uint8Array,
  to: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  const last = channels - 1;
  const [wa, wb, wc, wd] = [data[a + last]!, data[b + last]!, data[c + last]!, data[d + last]!];
  const sum = wa + wb + wc + wd;
  target[to + last] = (sum + 2) >> 2;
  if (sum === 0) return;
  for (let n = 0; n < last; n++) {
    const weighed = wa * data[a + n]! + wb * data[b + n]! + wc * data[c + n]! + wd * data[d + n]!;
    target[to + n] = Math.floor((2 * weighed + sum) / (2 * sum));
  }
}
