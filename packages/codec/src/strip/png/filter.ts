import type { Raster } from '@tessera/imaging';

/** Filter types by their number in the file (PNG specification, section 9.2). */
export const FILTER_NUMBERS = { none: 0, sub: 1, up: 2, average: 3, paeth: 4 } as const;
export type Filter = keyof typeof FILTER_NUMBERS;

/**
 * Filters one row into `target`: the filter's number, then one byte for each byte of the row; of 16 bits a sample has two,
 * which are channels of their own here. Row 0 does not look at the row
 * above: it is filtered with Sub, or None where None is asked for. This is the reference that the kernel must equal; it
 * is also used for rows that do not fit the kernel's memory.
 */
export function filterRow({ data, width, channels }: Raster, row: number, filter: Filter, target: Uint8Array): void {
  const length = width * channels;
  const start = row * length;
  const kind = row === 0 && filter !== 'none' ? 'sub' : filter;
  target[0] = FILTER_NUMBERS[kind];
  for (let i = 0; i < length; i += 1) {
    const at = start + i;
    const left = i < channels ? 0 : data[at - channels]!;
    const above = row === 0 ? 0 : data[at - length]!;
    const aboveLeft = row === 0 || i < channels ? 0 : data[at - length - channels]!;
    target[i + 1] = data[at]! - predict(kind, left, above, aboveLeft);
  }
}

function predict(filter: Filter, left: number, above: number, aboveLeft: number): number {
  if (filter === 'sub') return left;
  if (filter === 'up') return above;
  if (filter === 'average') return (left + above) >> 1;
  return filter === 'paeth' ? paeth(left, above, aboveLeft) : 0;
}

/** The neighbour nearest to left + above − upper left, the first of equals (section 9.4). */
function paeth(left: number, above: number, aboveLeft: number): number {
  const estimate = left + above - aboveLeft;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toAboveLeft = Math.abs(estimate - aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}
