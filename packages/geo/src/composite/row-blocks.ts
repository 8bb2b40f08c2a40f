import type { Region } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { AccumulatorRequest } from './composite-accumulator.ts';
import { sampleLimits, type CountedType } from './sample-limits.ts';
import { stackBytes } from './sample-stack.ts';

/** Bytes that the samples of one accumulator may take unless a caller says otherwise. */
export const DEFAULT_SAMPLE_BUDGET = 136 * 1024 * 1024;

/**
 * Cuts a window into blocks of rows, from its top, whose samples of all scenes fit a budget. The composite of the blocks
 * is that of the window.
 *
 * @param window what an accumulator would be made for; its region is the window.
 * @param budget bytes for the samples of one block.
 * @param rows rows of a tile in the scenes' files: blocks end at multiples of it where the budget allows for a whole one,
 *   so that no tile is decoded twice.
 * @throws AppError INTERNAL if a single row does not fit.
 */
export function rowBlocks(window: AccumulatorRequest, budget = DEFAULT_SAMPLE_BUDGET, rows = 1): readonly Region[] {
  const { region } = window;
  const most = rowsWithin(window, budget);
  const blocks: Region[] = [];
  for (let y = region.y; y < region.y + region.height;) {
    const end = Math.min(y + most, region.y + region.height);
    const aligned = Math.floor(end / rows) * rows;
    const stop = end < region.y + region.height && aligned > y ? aligned : end;
    blocks.push({ ...region, y, height: stop - y });
    y = stop;
  }
  return blocks;
}

/** Bytes that the samples of one accumulator take; 0 where the rule keeps none. */
export function rankingBytes({ composite, region, type, bands, scenes }: AccumulatorRequest): number {
  sampleLimits(composite, type);
  const kind = composite.rule.kind;
  if (kind !== 'median-luminance' && kind !== 'median' && kind !== 'percentile') return 0;
  return stackBytes({ type: type as CountedType, pixels: region.width * region.height, bands, scenes });
}

/** Whole rows whose samples fit a budget. */
function rowsWithin(window: AccumulatorRequest, budget: number): number {
  const { region } = window;
  const bytes = (rows: number) => rankingBytes({ ...window, region: { ...region, height: rows } });
  if (bytes(region.height) <= budget) return region.height;
  // Stacks of 0 and 16 rows have no odd ends, so that this is what a row takes by itself.
  const row = (bytes(16) - bytes(0)) / 16;
  let rows = Math.min(region.height, Math.floor((budget - bytes(0)) / row));
  while (rows > 0 && bytes(rows) > budget) rows--;
  if (rows <= 0) throw new AppError('INTERNAL', { details: { what: 'sample budget', budget, row: bytes(1) } });
  return rows;
}
