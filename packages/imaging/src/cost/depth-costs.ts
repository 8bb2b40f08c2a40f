import type { Depth } from '@tessera/contracts';

/** What work on samples of a depth takes, over what the cost table holds for 8 bits. */
export interface DepthCosts {
  readonly decoding: number;
  /** Of formats that hold as many bits. */
  readonly encoding: number;
  /** Reading, writing and hashing raw pixels. */
  readonly moving: number;
}

/** Of 16 bits measured on photos of 12 megapixels: PNG and TIFF. What operations take more is in `deep-factors.ts`. */
export const DEPTH_COSTS: Readonly<Record<Depth, DepthCosts>> = {
  8: { decoding: 1, encoding: 1, moving: 1 },
  16: { decoding: 1.5, encoding: 2, moving: 2 },
};
