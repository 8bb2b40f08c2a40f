import type { Grid, Output } from '@tessera/contracts';
import { gridCount } from '@tessera/imaging/region';
import { AppError } from '@tessera/runtime/app-error';
import type { StripFacts } from './strip.ts';

/**
 * Checks that there is one strip for each cell of the grid.
 *
 * @throws AppError INTERNAL
 */
export function checkCount(strips: readonly StripFacts[], grid: Grid, output: Output): void {
  const expected = gridCount(grid, output);
  if (strips.length === expected) return;
  throw new AppError('INTERNAL', { message: `The file needs ${expected} strips, but ${strips.length} are there.` });
}

/**
 * Checks that every cell is as wide as the picture.
 *
 * @throws AppError INTERNAL
 */
export function checkBands(grid: Grid, output: Output): void {
  if (grid.width >= output.width) return;
  throw new AppError('INTERNAL', { message: `A ${output.format} file can only be cut into bands of full width.` });
}

/** Gives a fact that the format's encoder always writes. */
export function requireFact<Fact>(fact: Fact | undefined, name: keyof StripFacts): Fact {
  if (fact !== undefined) return fact;
  throw new AppError('INTERNAL', { message: `A strip comes without its ${name}.` });
}
