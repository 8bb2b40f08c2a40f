import type { SampleType } from '@tessera/contracts';
import type { Samples } from './sample-type.ts';

/**
 * A rectangle of samples of some bands, cut out of a raster at column `x`, row `y`. Bands are separate: each has
 * `width * height` samples, row-major.
 */
export interface RasterBlock {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly type: SampleType;
  readonly bands: readonly Samples[];
  /**
   * Per band, one byte per sample: 1 where it was measured, 0 where it is nodata or masked out; `undefined` where all
   * of the band was measured.
   */
  readonly valid: readonly (Uint8Array<ArrayBuffer> | undefined)[];
}
