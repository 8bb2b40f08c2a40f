import type { Queryable } from '../database.ts';
import type { PipelineRow } from '../job-store.ts';
import { parsePipeline, PIPELINE_COLUMNS } from '../pipeline-row.ts';

/** That it is in use is written down once an hour, so that looking at it costs a write seldom. */
const noteUse = (condition: string): string =>
  `used as (update pipelines set seen_at = now() where ${condition} and seen_at < now() - interval '1 hour')`;

export async function getPipeline(database: Queryable, id: string): Promise<PipelineRow | undefined> {
  const rows = await database.query(
    `with ${noteUse('id = $1')} select ${PIPELINE_COLUMNS} from pipelines where id = $1`,
    [id],
  );
  return rows.map(parsePipeline)[0];
}

/** A visitor's pipelines, last changed first. */
export async function listPipelines(database: Queryable, visitor: string): Promise<readonly PipelineRow[]> {
  const rows = await database.query(
    `with ${noteUse('visitor = $1')}
    select ${PIPELINE_COLUMNS} from pipelines where visitor = $1 order by changed_at desc, id`,
    [visitor],
  );
  return rows.map(parsePipeline);
}
