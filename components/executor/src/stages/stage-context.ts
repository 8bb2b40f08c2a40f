import type { BasicStage, ImageRef, Plan } from '@tessera/contracts';
import type { Decoder } from '@tessera/codec';
import type { UrlLimits } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import type { RunKernel } from '../kernel/kernel-pool.ts';
import type { Receipt } from '../receipt.ts';
import type { SourceSets } from '../rasters/source-sets.ts';
import type { TiledCopies } from '../rasters/tiled-copies.ts';
import type { DecodedImages } from '../scratch/decoded-images.ts';
import type { WorkArea } from '../work-area.ts';

/** Decodes the tiles of a raster that are pictures of their own. */
export type TileDecoder = Pick<Decoder, 'decodeTile'>;

/** What an executor lends to every task. */
export interface StageTools {
  readonly objects: ObjectStore;
  readonly images: DecodedImages;
  readonly decoder: Pick<Decoder, 'decode'> & TileDecoder;
  readonly kernel: RunKernel;
  readonly sets: SourceSets;
  readonly copies: Pick<TiledCopies, 'best'>;
  /** Where rasters on web servers may be read from; undefined: nowhere. */
  readonly urls: UrlLimits | undefined;
  /** Folder for files that live as long as one task. */
  readonly scratch: string;
}

/** One task's surroundings. */
export interface StageContext {
  readonly tools: StageTools;
  readonly job: string;
  readonly image: ImageRef;
  readonly plan: Plan;
  /** The stages among which stage numbers count: the plan's, or those of a sequence. */
  readonly stages: readonly BasicStage[];
  readonly area: WorkArea;
  readonly signal: AbortSignal;
}

/** Does one task of one stage. */
export type RunStage = (context: StageContext, stage: number, index: number) => Promise<Receipt>;
