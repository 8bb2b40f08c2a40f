import type { Depth } from '@tessera/contracts';

/** What work on samples of a depth takes, over what the cost table holds for 8 bits. */
export interface DepthCosts {
  readonly decoding: number;
  /** Of formats that hold as many bits. */
  readonly encoding: number;
  /** Reading, writing and hashing raw pixels. */
  readonly moving: number;
}

/**
 * Of 16 bits measured with PNG and TIFF of a photo of 3 megapixels whose lower bytes are noise. What operations take more is
 * in `deep-factors.ts`.
 */
export const DEPTH_COSTS: Readonly<Record<Depth, DepthCosts>> = {
  8: { decoding: 1, encoding: 1, moving: 1 },
  16: { decoding: 2.2, encoding: 1.9, moving: 2 },
};
