import type { Region, Size } from '@tessera/contracts';
import { grow } from '../region.ts';
import type { Raster, Window } from '../raster.ts';
import { recycle } from '../spare-memory.ts';

/** Computes a region out of a window that holds it and its halo. */
export type RegionFilter = (input: Window, region: Region) => Raster;

/**
 * Two filters, one after the other: the first one makes the region and what the second reads around it.
 *
 * @param halo of the second.
 */
export function inTurn(first: RegionFilter, second: RegionFilter, halo: number, picture: Size): RegionFilter {
  return (input, region) => {
    const between = grow(region, halo, picture);
    const raster = first(input, between);
    const made = second({ x: between.x, y: between.y, raster }, region);
    recycle(raster, input.raster, made);
    return made;
  };
}
