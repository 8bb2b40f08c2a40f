import type { Raster } from '@tessera/imaging';
import { subtractAbove, subtractLeft, subtractMean, words } from '../subtract.ts';

/** Filter types by their number in the file (PNG specification, section 9.2). Paeth: see docs/decisions/0002-png-deflate.md. */
const NUMBERS = { none: 0, sub: 1, up: 2, average: 3 } as const;
export type Filter = keyof typeof NUMBERS;
export const FILTERS: readonly Filter[] = ['none', 'sub', 'up', 'average'];

/**
 * Filters rows `from` to `to` (exclusive) into `target`: for each row the filter's number, then one byte for each
 * sample. Row 0 does not look at the row above: it is filtered with Sub, or None where None is asked for.
 *
 * @returns number of bytes written, `(to - from) * (1 + width * channels)`.
 */
export function filterRows(raster: Raster, from: number, to: number, filter: Filter, target: Uint8Array): number {
  const { data, channels } = raster;
  const length = raster.width * channels;
  const source = words(data);
  const out = words(target);
  let position = 0;
  for (let row = from; row < to; row += 1) {
    const start = row * length;
    const kind = row === 0 && filter !== 'none' ? 'sub' : filter;
    target[position] = NUMBERS[kind];
    position += 1;
    if (kind === 'none') target.set(data.subarray(start, start + length), position);
    else if (kind === 'sub') subtractLeft(source, start, length, channels, out, position);
    else if (kind === 'up') subtractAbove(source, start, length, out, position);
    else subtractMean(source, start, length, channels, out, position);
    position += length;
  }
  return position;
}
