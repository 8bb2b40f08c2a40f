import type { RasterTarget } from '@tessera/contracts';

/** Whether the samples of a raster are levels of gray or of red, green and blue, that can be looked at as they are. */
export function isViewable({ type, bands }: RasterTarget): boolean {
  return type === 'uint8' && (bands.length === 1 || bands.length === 3);
}
