export { rankBand8, rankBand16 } from './rank-band';
export { rankTriplets8, rankTriplets16 } from './rank-triplets';

/** Where memory is free: everything from here on belongs to the caller. */
export function freeMemory(): usize {
  return __heap_base;
}
