import type { DecodedRaster, EncodedStrip } from '@tessera/codec';
import type { ErrorCode, Grid, Output, Pass, Size, Step } from '@tessera/contracts';
import type { RangeState } from '@tessera/geo';
import type { Cell, MergedState, Samples, Window } from '@tessera/imaging';
import type { RasterMergeCall, RasterObserveCall, RasterPaintCall } from './picture-call.ts';
import type { TileAnswer, TileCall } from './tile-call.ts';
import type { RasterOverviewCall, RasterPieceAnswer, RasterTilesCall, RasterWindowCall } from './raster-call.ts';

/** Where a kernel call finds its pixels: a decoded file, or a window that was fetched for it. */
export type PixelSource =
  | { readonly kind: 'file'; readonly raster: DecodedRaster }
  | { readonly kind: 'window'; readonly window: Window<Samples> };

/** A picture that steps read besides. */
export interface OtherFile {
  readonly size: Size;
  /** Undefined where nothing of it is read. */
  readonly raster: DecodedRaster | undefined;
}
/** All of a plan, by their names. */
export type OtherFiles = Readonly<Record<string, OtherFile>>;

export interface PassCall {
  readonly source: PixelSource;
  readonly others: OtherFiles;
  readonly pass: Pass;
  readonly cell: Cell;
  /** State of the pass's global operation, if it has one. */
  readonly state: Uint8Array | undefined;
}

export interface RenderCall extends PassCall {
  readonly output: Output;
  readonly count: number;
}

export interface RenderAnswer {
  readonly strip: EncodedStrip;
  /** SHA-256 of the region's blocks. */
  readonly digests: Uint8Array;
}

export interface ObserveCall {
  readonly source: PixelSource;
  readonly others: OtherFiles;
  readonly pass: Pass;
  readonly cell: Cell;
  readonly step: Step;
  /** State of the round before, if there was one. */
  readonly before: Uint8Array | undefined;
}

export interface MergeCall {
  readonly step: Step;
  readonly partials: readonly Uint8Array[];
  readonly grid: Grid;
  readonly picture: Size;
  /** State of the round before, if there was one. */
  readonly before: Uint8Array | undefined;
}

export interface ReportCall {
  readonly step: Step;
  readonly state: Uint8Array;
  readonly picture: Size;
}

export interface DigestCall {
  readonly raster: DecodedRaster;
}

/** What the kernel threads can be asked to do. */
export interface KernelCalls {
  readonly render: { readonly call: RenderCall; readonly answer: RenderAnswer };
  readonly tile: { readonly call: TileCall; readonly answer: TileAnswer };
  readonly materialize: { readonly call: PassCall; readonly answer: Uint8Array };
  readonly observe: { readonly call: ObserveCall; readonly answer: Uint8Array };
  readonly merge: { readonly call: MergeCall; readonly answer: MergedState };
  readonly report: { readonly call: ReportCall; readonly answer: Uint8Array };
  readonly rasterWindow: { readonly call: RasterWindowCall; readonly answer: RasterPieceAnswer };
  readonly rasterTiles: { readonly call: RasterTilesCall; readonly answer: RasterPieceAnswer };
  readonly rasterOverview: { readonly call: RasterOverviewCall; readonly answer: RasterPieceAnswer };
  readonly rasterObserve: { readonly call: RasterObserveCall; readonly answer: Uint8Array };
  readonly rasterMerge: { readonly call: RasterMergeCall; readonly answer: RangeState };
  readonly rasterPaint: { readonly call: RasterPaintCall; readonly answer: EncodedStrip };
  readonly digest: { readonly call: DigestCall; readonly answer: string };
}

/** An answer as it crosses the thread border: an error keeps its code, which structured cloning would drop. */
export type KernelAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly stack: string;
    };
