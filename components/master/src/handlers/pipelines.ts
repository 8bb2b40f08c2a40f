import { MAX_SAVED_PIPELINES, type SavedPipelineDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { JobStore, PipelineRow } from '@tessera/store';
import type { HandlersOf } from './parts.ts';

export interface PipelineParts {
  readonly store: JobStore;
  readonly newId: () => string;
}

type Ids = 'createPipeline' | 'listPipelines' | 'getPipeline' | 'changePipeline' | 'deletePipeline';

export function pipelineHandlers({ store, newId }: PipelineParts): HandlersOf<Ids> {
  const find = async (id: string): Promise<PipelineRow> => {
    const pipeline = await store.getPipeline(id);
    if (pipeline === undefined) throw new AppError('NOT_FOUND');
    return pipeline;
  };
  const findOwn = async (id: string, visitor: string): Promise<PipelineRow> => {
    const pipeline = await find(id);
    if (pipeline.visitor !== visitor)
      throw new AppError('FORBIDDEN', { message: 'Only whoever saved this pipeline can change it.' });
    return pipeline;
  };
  return {
    async createPipeline({ body, visitor }) {
      const id = newId();
      if (!(await store.insertPipeline({ id, visitor: visitor(), ...body }, MAX_SAVED_PIPELINES))) {
        const message = `You keep ${String(MAX_SAVED_PIPELINES)} pipelines, which is the most. Delete one first.`;
        throw new AppError('QUOTA_EXCEEDED', { message });
      }
      return pipelineDto(await find(id), visitor());
    },

    async listPipelines({ visitor }) {
      const pipelines = await store.listPipelines(visitor());
      return { pipelines: pipelines.map((pipeline) => pipelineDto(pipeline, visitor())) };
    },

    getPipeline: async ({ params, visitor }) => pipelineDto(await find(params.pipeline), visitor()),

    async changePipeline({ params, body, visitor }) {
      const { id } = await findOwn(params.pipeline, visitor());
      const { name, pipeline, output } = body;
      const changes = { ...(name && { name }), ...(pipeline && { pipeline }), ...(output && { output }) };
      const changed = await store.changePipeline({ id, visitor: visitor() }, changes);
      if (changed === undefined) throw new AppError('NOT_FOUND');
      return pipelineDto(changed, visitor());
    },

    async deletePipeline({ params, visitor }) {
      const { id } = await findOwn(params.pipeline, visitor());
      if (!(await store.deletePipeline({ id, visitor: visitor() }))) throw new AppError('NOT_FOUND');
    },
  };
}

function pipelineDto(row: PipelineRow, visitor: string): SavedPipelineDto {
  const { id, name, pipeline, output, createdAt, changedAt } = row;
  return {
    id,
    name,
    pipeline: [...pipeline],
    output,
    own: row.visitor === visitor,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
