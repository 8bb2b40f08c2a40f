import { reflect101, type BorderRule } from '../../border.ts';
import type { DeepFilter, DeepTile } from './deep-filter.ts';

/** The mean of a square of odd side; see `boxFilter`. Sums of 101 × 101 levels have less than 32 bits. */
export function deepBoxFilter(ksize: number, border: BorderRule = reflect101): DeepFilter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border,
    outside: 0,
    run: (tile) => {
      slideSums(tile, ksize);
    },
  };
}

/** Sums of columns slide down, and their sum slides along each row. */
function slideSums({ source, sourceStride, target, samples, rows, channels }: DeepTile, ksize: number): void {
  const columns = new Int32Array(sourceStride);
  const add = (row: number, sign: 1 | -1): void => {
    const at = row * sourceStride;
    for (let i = 0; i < sourceStride; i++) columns[i] = columns[i]! + sign * source[at + i]!;
  };
  for (let row = 0; row < ksize - 1; row++) add(row, 1);
  const area = ksize * ksize;
  const half = (area - 1) / 2;
  for (let row = 0; row < rows; row++) {
    add(row + ksize - 1, 1);
    const to = row * samples;
    for (let channel = 0; channel < channels; channel++) {
      let sum = half;
      for (let tap = 0; tap < ksize - 1; tap++) sum += columns[channel + tap * channels]!;
      for (let i = channel, next = channel + (ksize - 1) * channels; i < samples; i += channels, next += channels) {
        sum += columns[next]!;
        target[to + i] = Math.floor(sum / area);
        sum -= columns[i]!;
      }
    }
    add(row, -1);
  }
}
