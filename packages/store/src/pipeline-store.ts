import type { OutputRequest, Pipeline } from '@tessera/contracts';
import type { Expiry } from './expiry.ts';

/** A pipeline that a visitor keeps under a name. */
export interface PipelineRow {
  readonly id: string;
  readonly visitor: string;
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly output: OutputRequest;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Pipelines that visitors keep. As in `JobStore` every method is one transaction, by the database's clock. */
export interface PipelineStore {
  /** Keeps a pipeline; tells false, and keeps nothing, where the visitor has `most` already. CONFLICT if the id exists. */
  insertPipeline(pipeline: Omit<PipelineRow, 'createdAt' | 'changedAt'>, most: number): Promise<boolean>;
  getPipeline(id: string): Promise<PipelineRow | undefined>;
  /** A visitor's pipelines, last changed first. */
  listPipelines(visitor: string): Promise<readonly PipelineRow[]>;
  /** Replaces what is given; gives the pipeline as it is now, undefined if this visitor has none with the id. */
  changePipeline(
    pipeline: Pick<PipelineRow, 'id' | 'visitor'>,
    change: Partial<Pick<PipelineRow, 'name' | 'pipeline' | 'output'>>,
  ): Promise<PipelineRow | undefined>;
  /** Forgets a pipeline; tells whether this visitor had it. */
  deletePipeline(pipeline: Pick<PipelineRow, 'id' | 'visitor'>): Promise<boolean>;
  /**
   * Forgets pipelines that were neither listed, got nor changed for so long, an hour more or less, and whose visitors
   * have no jobs. Gives their number.
   */
  expirePipelines(expiry: Omit<Expiry, 'settleSeconds'>): Promise<number>;
}
