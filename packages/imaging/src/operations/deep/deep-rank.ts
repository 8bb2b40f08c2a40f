import { replicate } from '../../border.ts';
import type { DeepFilter, DeepTile } from './deep-filter.ts';

/** The level at a place of the sorted square neighbourhood. @param rank counted from 0, the darkest. */
export function deepRankFilter(ksize: number, rank: number): DeepFilter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: replicate,
    outside: 0,
    run: (tile) => {
      slideHistogram(tile, ksize, rank);
    },
  };
}

/**
 * Huang's histogram that slides along each row, with 65536 levels: the level is followed up and down, over groups of 16
 * and of 256 levels at once where nothing of the neighbourhood lies in them.
 */
function slideHistogram(tile: DeepTile, ksize: number, rank: number): void {
  const { source, sourceStride, target, samples, rows, channels } = tile;
  const counts = new Uint16Array(65_536);
  const sixteens = new Uint16Array(4096);
  const groups = new Uint16Array(256);
  let level = 0;
  // Of the neighbourhood so many samples are darker than the level.
  let darker = 0;
  const change = (first: number, by: 1 | -1): void => {
    for (let tap = 0, at = first; tap < ksize; tap++, at += sourceStride) {
      const value = source[at]!;
      counts[value] = counts[value]! + by;
      sixteens[value >> 4] = sixteens[value >> 4]! + by;
      groups[value >> 8] = groups[value >> 8]! + by;
      if (value < level) darker += by;
    }
  };
  const follow = (): void => {
    while (darker > rank) {
      if ((level & 255) === 0 && groups[(level >> 8) - 1] === 0) level -= 256;
      else if ((level & 15) === 0 && sixteens[(level >> 4) - 1] === 0) level -= 16;
      else darker -= counts[--level]!;
    }
    while (darker + counts[level]! <= rank) {
      if ((level & 255) === 0 && groups[level >> 8] === 0) level += 256;
      else if ((level & 15) === 0 && sixteens[level >> 4] === 0) level += 16;
      else darker += counts[level++]!;
    }
  };
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const first = row * sourceStride + channel;
      for (let tap = 0; tap < ksize - 1; tap++) change(first + tap * channels, 1);
      for (let i = channel; i < samples; i += channels) {
        const leaves = row * sourceStride + i;
        change(leaves + (ksize - 1) * channels, 1);
        follow();
        target[row * samples + i] = level;
        change(leaves, -1);
      }
      // What is left is taken out, so that the next row begins with nothing.
      const end = row * sourceStride + samples + channel;
      for (let tap = 0; tap < ksize - 1; tap++) change(end + tap * channels, -1);
    }
  }
}
