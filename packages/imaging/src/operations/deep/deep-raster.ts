import type { Raster, Window } from '../../raster.ts';
import { unwrittenRaster } from '../../spare-memory.ts';

/** Pixels of 16 bits. */
export type DeepRaster = Raster<Uint16Array>;
export type DeepWindow = Window<Uint16Array>;

/** White, or wholly opaque. */
export const MOST = 65_535;

/** Levels of 16 bits in one of 8: 255 times as many are white. Parameters that are levels are told in those of 8 bits. */
export const PER_LEVEL = 257;

/** A raster that whoever asks for it writes all of; see `unwrittenRaster`. */
export function createDeep(width: number, height: number, channels: number): DeepRaster {
  return unwrittenRaster(width, height, channels, 16);
}

/** The level nearest to a number, halves up. */
export function deepLevel(value: number): number {
  return value <= 0 ? 0 : value >= MOST ? MOST : Math.floor(value + 0.5);
}
