/** What is refused before any work is done for it. */
export interface RasterLimits {
  /** Of width × height. */
  readonly maxPixels: number;
  /** Of samples of one pixel, bands and others. */
  readonly maxSamples: number;
  /** Directories (the picture, its smaller copies, their masks). */
  readonly maxDirectories: number;
  /** Tiles or strips of one directory. */
  readonly maxBlocks: number;
  /** Bytes of one tile or strip after decompression. */
  readonly maxBlockBytes: number;
  /** Bytes of one value of the header, as descriptions and geographic keys. */
  readonly maxTagBytes: number;
  /** Bytes of the samples of one window. */
  readonly maxWindowBytes: number;
}

export const DEFAULT_RASTER_LIMITS: RasterLimits = {
  maxPixels: 1e11,
  maxSamples: 1024,
  maxDirectories: 64,
  maxBlocks: 2 ** 20,
  maxBlockBytes: 128 * 2 ** 20,
  maxTagBytes: 2 ** 20,
  maxWindowBytes: 512 * 2 ** 20,
};
