import { createRaster, type Raster, type Window } from '../../raster.ts';

/** Pixels of 16 bits. */
export type DeepRaster = Raster<Uint16Array>;
export type DeepWindow = Window<Uint16Array>;

/** White, or wholly opaque. */
export const MOST = 65_535;

/** Levels of 16 bits in one of 8: 255 times as many are white. Parameters that are levels are told in those of 8 bits. */
export const PER_LEVEL = 257;

/** A raster of zeros. */
export function createDeep(width: number, height: number, channels: number): DeepRaster {
  return createRaster(width, height, channels, 16);
}

/** The level nearest to a number, halves up. */
export function deepLevel(value: number): number {
  return value <= 0 ? 0 : value >= MOST ? MOST : Math.floor(value + 0.5);
}
