import type { MessagePort } from 'node:worker_threads';
import type { Plan, RasterSource, SourceSet } from '@tessera/contracts';
import type { PieceFacts, WindowReport } from '@tessera/geo';

/** The parts of a product's plan that the kernel needs. */
export type RasterPlan = Pick<Plan, 'picture' | 'raster'>;

export const rasterPlan = ({ picture, raster }: RasterPlan): RasterPlan => ({ picture, raster });

export interface RasterWindowCall {
  readonly plan: RasterPlan;
  /** Region of the window stage. */
  readonly index: number;
  readonly set: Pick<SourceSet, 'sources' | 'scenes'>;
  /** Answers questions for ranges of the sources. */
  readonly port: MessagePort;
}

export interface RasterTilesCall {
  readonly source: RasterSource;
  /** Region of its tiled copy. */
  readonly index: number;
  /** Answers questions for ranges of the source, which is number 0. */
  readonly port: MessagePort;
}

export interface RasterOverviewCall {
  readonly plan: RasterPlan;
  readonly stage: number;
  readonly index: number;
  /** What the stage before left of its regions that this one is made of, by their index. */
  readonly reduced: ReadonlyMap<number, Uint8Array>;
}

export interface RasterPieceAnswer {
  readonly bytes: Uint8Array;
  readonly facts: Omit<PieceFacts, 'region'>;
  /** For the stage after; absent where none follows. */
  readonly reduced: Uint8Array | undefined;
  /** SHA-256 of the blocks of a window; empty for overviews. */
  readonly digests: Uint8Array;
  /** Who gave a window its samples; absent for overviews. */
  readonly report?: WindowReport;
}
