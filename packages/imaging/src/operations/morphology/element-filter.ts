import { constant } from '../../border.ts';
import type { ScalarFilter } from '../filter.ts';
import type { Tile } from '../tile.ts';
import type { Element } from './element.ts';
import type { Extreme } from './square-filter.ts';

/** The extreme of a form within a square: for forms that are no square. */
export function elementFilter(extreme: Extreme, element: Element): ScalarFilter {
  const ksize = element.length;
  const before = Math.floor(ksize / 2);
  const after = ksize - 1 - before;
  return {
    reach: { left: before, right: after, above: before, below: after },
    border: constant,
    outside: extreme === 'brightest' ? 0 : 255,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      takeElement(tile, element, extreme === 'brightest' ? 0 : 255);
    },
  };
}

/**
 * For each length that a row of the form has, the brightest of so many neighbours is found for all rows at once, by
 * doubling; the rows of the form then take from it. The darkest of a set is the inverse of the brightest of the inverses.
 */
function takeElement(tile: Tile, element: Element, flip: number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const sourceRows = rows + element.length - 1;
  const runs = new Uint8Array(sourceStride * sourceRows);
  for (let row = 0; row < rows; row++) target.fill(0, row * targetStride, row * targetStride + samples);
  const lengths = new Set(element.map(({ start, end }) => end - start));
  for (const length of lengths) {
    for (let at = 0; at < runs.length; at++) runs[at] = source[at]! ^ flip;
    brightestOf(runs, length, channels);
    for (const [down, { start, end }] of element.entries()) {
      if (end - start !== length) continue;
      for (let row = 0; row < rows; row++) {
        let from = (row + down) * sourceStride + start * channels;
        const to = row * targetStride;
        for (let i = to; i < to + samples; i++, from++) if (runs[from]! > target[i]!) target[i] = runs[from]!;
      }
    }
  }
  if (flip === 0) return;
  for (let row = 0; row < rows; row++) {
    for (let i = row * targetStride; i < row * targetStride + samples; i++) target[i] = target[i]! ^ flip;
  }
}

/** Each sample becomes the brightest of itself and those to its right, `length` in all; what is behind a row's end is of no use. */
function brightestOf(runs: Uint8Array, length: number, channels: number): void {
  for (let reached = 1; reached < length;) {
    const by = Math.min(reached, length - reached);
    const step = by * channels;
    for (let at = 0; at + step < runs.length; at++) if (runs[at + step]! > runs[at]!) runs[at] = runs[at + step]!;
    reached += by;
  }
}
