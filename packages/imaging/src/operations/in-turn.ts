import type { Region, Size } from '@tessera/contracts';
import { grow } from '../region.ts';
import type { Raster, Samples, Window } from '../raster.ts';
import { recycle } from '../spare-memory.ts';

/** Computes a region out of a window that holds it and its halo. */
export type RegionFilter<S extends Samples = Uint8Array> = (input: Window<S>, region: Region) => Raster<S>;

/**
 * Two filters, one after the other: the first one makes the region and what the second reads around it.
 *
 * @param halo of the second.
 */
export function inTurn<S extends Samples>(
  first: RegionFilter<S>,
  second: RegionFilter<S>,
  halo: number,
  picture: Size,
): RegionFilter<S> {
  return (input, region) => {
    const between = grow(region, halo, picture);
    const raster = first(input, between);
    const made = second({ x: between.x, y: between.y, raster }, region);
    recycle(raster, input.raster, made);
    return made;
  };
}
