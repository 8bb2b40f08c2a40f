import type { Composite, ErrorCode, Region } from '@tessera/contracts';
import type { CogOptions, RasterBlock } from '@tessera/geo';

/** What a median thread is made for. */
export interface MedianThreadData {
  readonly composite: Composite;
  readonly window: Region;
  readonly scenes: number;
  /** Bytes for the samples of a block of rows. */
  readonly budget: number;
}

/** What a median thread is told, each answered before the next is looked at. */
export type MedianCall =
  | { readonly kind: 'begin'; readonly region: Region }
  | { readonly kind: 'add'; readonly scene: number; readonly block: RasterBlock }
  | { readonly kind: 'end' }
  | { readonly kind: 'encode'; readonly options: CogOptions };

/** How a call ended; `encode` gives the file. */
export type MedianAnswer =
  | { readonly ok: true; readonly file?: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
