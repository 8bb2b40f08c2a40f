import type { Region } from '@tessera/contracts';

/** Rows that are worked on at once, so that no more than these are held of another picture. */
const ROWS = 128;

/** A region from top to bottom. */
export function stripsOf({ x, y, width, height }: Region): readonly Region[] {
  return Array.from({ length: Math.ceil(height / ROWS) }, (_, n) => ({
    x,
    y: y + n * ROWS,
    width,
    height: Math.min(ROWS, height - n * ROWS),
  }));
}
