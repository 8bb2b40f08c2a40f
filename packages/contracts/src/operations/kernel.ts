/** A kernel of weights, row by row. */
export interface Kernel {
  readonly width: number;
  readonly height: number;
  readonly weights: readonly number[];
}

const MOST_SIDE = 31;

/**
 * The kernel that is written as rows of numbers separated by /: `0 -1 0 / -1 5 -1 / 0 -1 0`.
 *
 * @returns undefined if the rows are not equally long, or a side is even or longer than 31.
 */
export function parseKernel(text: string): Kernel | undefined {
  const rows = text.split('/').map((row) => row.trim().split(/\s+/));
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const isSide = (side: number): boolean => side % 2 === 1 && side <= MOST_SIDE;
  const isWeight = (word: string): boolean => /^-?\d{1,6}(\.\d{1,9})?$/.test(word);
  if (!isSide(width) || !isSide(height) || rows.some((row) => row.length !== width)) return undefined;
  const words = rows.flat();
  return words.every(isWeight) ? { width, height, weights: words.map(Number) } : undefined;
}
