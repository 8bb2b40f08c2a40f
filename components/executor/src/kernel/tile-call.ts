import type { Output } from '@tessera/contracts';
import type { PassCall } from './kernel-call.ts';

export interface TileCall extends PassCall {
  readonly output: Output;
  readonly level: number;
  readonly through: number;
}

/** A tile's file. */
export interface EncodedTile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface TileAnswer {
  readonly tiles: readonly EncodedTile[];
  /** Raw pixels of the region at half its size, where another task makes the next level; else nothing. */
  readonly halved: Uint8Array;
  /** SHA-256 of the blocks of a region of the full size; empty for other levels. */
  readonly digests: Uint8Array;
}
