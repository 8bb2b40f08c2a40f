import type { Tile } from '../tile.ts';

/**
 * A histogram slides along each row, and the level is followed up and down (T. S. Huang, G. J. Yang and G. Y. Tang, A
 * fast two-dimensional median filtering algorithm, 1979).
 *
 * @param rank of the level among all, counted from 0.
 */
export function slideHistogram(tile: Tile, ksize: number, rank: number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const histogram = new Uint16Array(256);
      let level = 0;
      // Of the neighbourhood so many samples are darker than the level.
      let darker = 0;
      const change = (column: number, by: 1 | -1): void => {
        let at = row * sourceStride + column;
        for (let tap = 0; tap < ksize; tap++, at += sourceStride) {
          const value = source[at]!;
          histogram[value] = histogram[value]! + by;
          if (value < level) darker += by;
        }
      };
      for (let tap = 0; tap < ksize - 1; tap++) change(channel + tap * channels, 1);
      for (let i = channel; i < samples; i += channels) {
        change(i + (ksize - 1) * channels, 1);
        while (darker > rank) darker -= histogram[--level]!;
        while (darker + histogram[level]! <= rank) darker += histogram[level++]!;
        target[row * targetStride + i] = level;
        change(i, -1);
      }
    }
  }
}
