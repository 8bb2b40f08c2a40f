import type { Depth } from '@tessera/contracts';

/** What work on samples of a depth takes, over what the cost table holds for 8 bits. */
export interface DepthCosts {
  readonly decoding: number;
  readonly computing: number;
  /** Of formats that hold as many bits. */
  readonly encoding: number;
  /** Reading, writing and hashing raw pixels. */
  readonly moving: number;
}

/** Of 16 bits measured on photos of 12 megapixels: PNG and TIFF, and the operations that have both depths. */
export const DEPTH_COSTS: Readonly<Record<Depth, DepthCosts>> = {
  8: { decoding: 1, computing: 1, encoding: 1, moving: 1 },
  16: { decoding: 1.5, computing: 2, encoding: 2, moving: 2 },
};
