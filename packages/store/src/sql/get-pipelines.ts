import type { Queryable } from '../database.ts';
import type { PipelineRow } from '../job-store.ts';
import { parsePipeline, PIPELINE_COLUMNS } from '../pipeline-row.ts';

export async function getPipeline(database: Queryable, id: string): Promise<PipelineRow | undefined> {
  const rows = await database.query(`select ${PIPELINE_COLUMNS} from pipelines where id = $1`, [id]);
  return rows.map(parsePipeline)[0];
}

/** A visitor's pipelines, last changed first. */
export async function listPipelines(database: Queryable, visitor: string): Promise<readonly PipelineRow[]> {
  const rows = await database.query(
    `select ${PIPELINE_COLUMNS} from pipelines where visitor = $1 order by changed_at desc, id`,
    [visitor],
  );
  return rows.map(parsePipeline);
}
