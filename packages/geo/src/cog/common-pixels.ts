import type { RasterBlock } from '../raster/raster-block.ts';
import type { Samples } from '../raster/sample-type.ts';
import { countingPixels, emptyPixel } from './counting-pixels.ts';
import type { Validity } from './halve-block.ts';

/**
 * The most frequent value among those of each 2 × 2 pixels that count, as GDAL's MODE has it: of equally frequent ones
 * that which reached the number first, in raster order.
 */
export function commonPixels(source: Samples, size: RasterBlock, validity: Validity, target: Samples): void {
  const { width, height } = size;
  const counts = countingPixels(source, validity);
  const empty = emptyPixel(validity);
  const values = [0, 0, 0, 0];
  for (let y = 0, to = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, to++) {
      let count = 0;
      for (let row = y; row < y + 2 && row < height; row++) {
        for (let column = x; column < x + 2 && column < width; column++) {
          const at = row * width + column;
          if (counts === undefined || counts(at)) values[count++] = source[at]!;
        }
      }
      target[to] = count === 0 ? empty : firstMostFrequent(values, count);
    }
  }
}

function firstMostFrequent(values: readonly number[], count: number): number {
  let best = values[0]!;
  let most = 1;
  for (let at = 1; at < count; at++) {
    let times = 1;
    for (let before = 0; before < at; before++) if (values[before] === values[at]) times++;
    if (times > most) {
      most = times;
      best = values[at]!;
    }
  }
  return best;
}
