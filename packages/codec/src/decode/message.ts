import type { Depth, ErrorCode } from '@tessera/contracts';
import type { Raster, TextMark } from '@tessera/imaging';
import type { Thumbnail } from '../pyramid/make-thumbnail.ts';
import type { TilePicture } from '../tile/decode-tile.ts';
import type { Pyramid } from '../pyramid/pyramid.ts';
import type { DecodedRows, RowsRequest } from '../rows/decode-rows.ts';
import type { RowBlocks } from '../rows/row-blocks.ts';
import type { DecodedRaster, Probe } from './decoded-raster.ts';
import type { DecodeLimits } from './decode-limits.ts';

/** What a child process can be asked, one request at a time. */
export type ChildRequest =
  | { readonly kind: 'probe'; readonly path: string; readonly limits: DecodeLimits }
  | {
      readonly kind: 'decode';
      readonly path: string;
      readonly target: string;
      readonly depth: Depth;
      readonly limits: DecodeLimits;
    }
  /** Asks where a file can be cut into rows that decode by themselves. */
  | { readonly kind: 'blocks'; readonly path: string; readonly limits: DecodeLimits }
  | { readonly kind: 'rows'; readonly request: RowsRequest; readonly limits: DecodeLimits }
  /** Asks for the picture and its halves, to look at it from near and far. */
  | { readonly kind: 'pyramid'; readonly path: string; readonly target: string; readonly limits: DecodeLimits }
  | {
      readonly kind: 'thumbnail';
      readonly path: string;
      readonly target: string;
      readonly side: number;
      readonly limits: DecodeLimits;
    }
  /** Asks for the pixels of a tile that is a picture of its own; they are sent, not written. */
  | { readonly kind: 'tile'; readonly tile: TilePicture }
  /** Asks for a picture of a text, which is sent, not written. */
  | { readonly kind: 'text'; readonly mark: TextMark }
  /** Hands a file to libvips without any check of ours: it must refuse what is not on its allow-list. */
  | { readonly kind: 'load'; readonly path: string };

export interface ChildAnswers {
  readonly probe: Probe;
  readonly decode: DecodedRaster;
  readonly blocks: RowBlocks | undefined;
  readonly rows: DecodedRows;
  readonly pyramid: Pyramid;
  readonly thumbnail: Thumbnail;
  readonly tile: Uint8Array;
  readonly text: Raster;
  readonly load: boolean;
}

/** What a child process says. */
export type ChildMessage =
  | { readonly kind: 'ready' }
  /** The structure was read: the number of pixels sets the time that decoding may take. */
  | { readonly kind: 'header'; readonly pixels: number }
  /** How far the work is, 0–1. */
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'done'; readonly value: ChildAnswers[keyof ChildAnswers] }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly details: Readonly<Record<string, unknown>>;
    };
