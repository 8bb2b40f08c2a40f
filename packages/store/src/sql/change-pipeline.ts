import type { Queryable } from '../database.ts';
import type { PipelineRow } from '../job-store.ts';
import { parsePipeline, PIPELINE_COLUMNS } from '../pipeline-row.ts';

/** Undefined if this visitor has no pipeline with the id. */
export async function changePipeline(
  database: Queryable,
  { id, visitor }: Pick<PipelineRow, 'id' | 'visitor'>,
  { name, pipeline, output }: Partial<Pick<PipelineRow, 'name' | 'pipeline' | 'output'>>,
): Promise<PipelineRow | undefined> {
  const rows = await database.query(
    `update pipelines set name = coalesce($3, name), pipeline = coalesce($4::jsonb, pipeline),
      output = coalesce($5::jsonb, output), changed_at = now(), seen_at = now()
    where id = $1 and visitor = $2
    returning ${PIPELINE_COLUMNS}`,
    [id, visitor, name ?? null, pipeline ? JSON.stringify(pipeline) : null, output ? JSON.stringify(output) : null],
  );
  return rows.map(parsePipeline)[0];
}
