import type { MessagePort } from 'node:worker_threads';
import type { RasterSource } from '@tessera/contracts';
import type { RangeState, ValueRange } from '@tessera/geo';
import type { RasterPlan } from './raster-call.ts';

/** What painting the finished raster of a product needs. */
interface PictureCall {
  readonly plan: RasterPlan;
  /** Region of the window stage, or band of the picture. */
  readonly index: number;
  readonly cog: RasterSource;
  /** Answers questions for ranges of it. */
  readonly port: MessagePort;
}

export interface RasterObserveCall extends PictureCall {
  readonly state: RangeState;
}

export interface RasterMergeCall {
  readonly plan: RasterPlan;
  readonly partials: readonly Uint8Array[];
  readonly state: RangeState;
}

export interface RasterPaintCall extends PictureCall {
  /** Null: nothing was measured, or the picture needs none. */
  readonly range: ValueRange | null;
}
