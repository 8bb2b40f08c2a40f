import {
  savedPipelineListSchema,
  savedPipelineSchema,
  type NewPipeline,
  type PipelineChange,
  type SavedPipelineDto,
} from '@tessera/contracts';
import { queryOptions } from '@tanstack/react-query';
import { jsonBody, request, requestNothing } from './request.ts';

const pathOf = (id: string): string => `/pipelines/${encodeURIComponent(id)}`;

export const PIPELINES_KEY = ['pipelines'] as const;

/** The visitor's kept pipelines, last changed first. */
export const savedPipelines = queryOptions({
  queryKey: PIPELINES_KEY,
  queryFn: async ({ signal }): Promise<readonly SavedPipelineDto[]> =>
    (await request('/pipelines', savedPipelineListSchema, { signal })).pipelines,
});

/** One kept pipeline, whoever kept it. */
export const savedPipeline = (id: string) =>
  queryOptions({
    queryKey: ['pipeline', id],
    queryFn: ({ signal }): Promise<SavedPipelineDto> => request(pathOf(id), savedPipelineSchema, { signal }),
  });

export async function savePipeline(pipeline: NewPipeline): Promise<SavedPipelineDto> {
  return request('/pipelines', savedPipelineSchema, jsonBody(pipeline));
}

export async function changePipeline(id: string, change: PipelineChange): Promise<SavedPipelineDto> {
  return request(pathOf(id), savedPipelineSchema, { ...jsonBody(change), method: 'PATCH' });
}

export async function deletePipeline(id: string): Promise<void> {
  await requestNothing(pathOf(id), { method: 'DELETE', keepalive: true });
}
