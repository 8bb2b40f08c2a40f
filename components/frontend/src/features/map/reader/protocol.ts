import type { GeoTransform, RasterFacts } from '@tessera/contracts';
import type { Point } from './ground.ts';
import type { ReadFailureKind } from './read-failure.ts';
import type { Spread } from './spread.ts';
import type { TileLook } from './tile-look.ts';
import type { MapTile } from './tile-window.ts';

/** What the map asks of its reader, which works beside the page. */
export interface Questions {
  /** Reads the header of a raster. */
  readonly open: {
    readonly ask: { readonly url: string };
    readonly answer: { readonly facts: RasterFacts; readonly outline: readonly Point[] };
  };
  /** How the values of its bands are spread. */
  readonly spread: { readonly ask: { readonly url: string }; readonly answer: readonly (Spread | undefined)[] };
  /** A tile of the map; `null` where the raster has nothing there. */
  readonly tile: {
    readonly ask: { readonly url: string; readonly tile: MapTile; readonly look: TileLook };
    readonly answer: ImageBitmap | null;
  };
  /** The samples at a point, at full size; `null` outside. */
  readonly value: { readonly ask: { readonly url: string; readonly point: Point }; readonly answer: PointValue | null };
  /** Outlines on the map of rectangles of pixels; `null` where the map does not know the place. */
  readonly outlines: {
    readonly ask: {
      readonly epsg: number;
      readonly transform: GeoTransform;
      readonly rectangles: readonly {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
      }[];
    };
    readonly answer: readonly (readonly Point[])[] | null;
  };
}

export interface PointValue {
  readonly column: number;
  readonly row: number;
  /** One per band; `null` where nothing was measured. */
  readonly values: readonly (number | null)[];
}

export type QuestionKind = keyof Questions;

export interface Question<Kind extends QuestionKind = QuestionKind> {
  readonly id: number;
  readonly kind: Kind;
  readonly ask: Questions[Kind]['ask'];
}

export type Answer =
  | { readonly id: number; readonly answer: Questions[QuestionKind]['answer'] }
  | { readonly id: number; readonly failure: ReadFailureKind };
