import type { RasterFacts } from '@tessera/contracts';
import type { RasterBlock } from './raster-block.ts';

/** A rectangle of pixels of the raster or of one of its smaller copies. */
export interface RasterWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Bands by their position in `facts.bands`; default all. */
  readonly bands?: readonly number[] | undefined;
  /** 0, the default, is the raster itself, 1 the largest smaller copy; columns and rows are those of the level. */
  readonly level?: number | undefined;
}

/** A raster whose header was read; its samples are read window by window. */
export interface RasterFile {
  readonly facts: RasterFacts;
  /**
   * The smallest level whose pixels are no larger than `resolution`, in units of the reference system, or in pixels of
   * the raster where it has none.
   */
  levelFor(resolution: number): number;
  /**
   * Reads a window, which must lie within its level.
   *
   * @throws AppError BAD_REQUEST for a window outside, CORRUPT_RASTER, UNSUPPORTED_RASTER, what the source throws, and
   *   the signal's reason.
   */
  readWindow(window: RasterWindow, signal?: AbortSignal): Promise<RasterBlock>;
}
