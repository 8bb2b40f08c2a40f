import type { Region } from '@tessera/contracts';
import type { Kernels } from '../../simd/kernels.ts';

/** A rectangle between pixels. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The places of a tile, as vectors compute them. */
export interface TilePlaces {
  /** What the places of a tile lie within, in pixels of the picture; undefined: nobody knows. */
  bounds(tile: Region): Bounds | undefined;
  /** Computes places row by row, in parts counted from an origin in pixels; bounds are kept in these, too. */
  begin(kernels: Kernels['functions'], tile: Region, origin: Bounds, areas: PlaceAreas): (y: number) => void;
}

/** Memory of the kernels: for the places of a row, and what one has to remember of columns. */
export interface PlaceAreas {
  readonly xs: Uint8Array;
  readonly ys: Uint8Array;
  readonly acrossX: Uint8Array;
  readonly acrossY: Uint8Array;
}
