import { outputRequestSchema, pipelineSchema } from '@tessera/contracts';
import type { Row } from './database.ts';
import type { PipelineRow } from './job-store.ts';
import { date, parsed, text } from './row.ts';

/** Columns of a kept pipeline. */
export const PIPELINE_COLUMNS = 'id, visitor, name, pipeline, output, created_at, changed_at';

export function parsePipeline(row: Row): PipelineRow {
  return {
    id: text(row, 'id'),
    visitor: text(row, 'visitor'),
    name: text(row, 'name'),
    pipeline: parsed(pipelineSchema, row, 'pipeline'),
    output: parsed(outputRequestSchema, row, 'output'),
    createdAt: date(row, 'created_at'),
    changedAt: date(row, 'changed_at'),
  };
}
