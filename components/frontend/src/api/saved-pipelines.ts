import type {
  savedPipelineListSchema,
  savedPipelineSchema,
  newPipelineSchema,
  PipelineChange,
  SavedPipelineDto,
} from '@tessera/contracts';
import { queryOptions } from '@tanstack/react-query';
import type * as z from 'zod';
import { jsonBody, request, requestNothing } from './request.ts';

const pathOf = (id: string): string => `/pipelines/${encodeURIComponent(id)}`;

export const PIPELINES_KEY = ['pipelines'] as const;

/** The visitor's kept pipelines, last changed first. */
export const savedPipelines = queryOptions({
  queryKey: PIPELINES_KEY,
  queryFn: async ({ signal }): Promise<readonly SavedPipelineDto[]> =>
    (await request<typeof savedPipelineListSchema>('/pipelines', { signal })).pipelines,
});

/** One kept pipeline, whoever kept it. */
export const savedPipeline = (id: string) =>
  queryOptions({
    queryKey: ['pipeline', id],
    queryFn: ({ signal }): Promise<SavedPipelineDto> => request<typeof savedPipelineSchema>(pathOf(id), { signal }),
  });

export async function savePipeline(pipeline: z.input<typeof newPipelineSchema>): Promise<SavedPipelineDto> {
  return request<typeof savedPipelineSchema>('/pipelines', jsonBody(pipeline));
}

export async function changePipeline(id: string, change: PipelineChange): Promise<SavedPipelineDto> {
  return request<typeof savedPipelineSchema>(pathOf(id), { ...jsonBody(change), method: 'PATCH' });
}

export async function deletePipeline(id: string): Promise<void> {
  await requestNothing(pathOf(id), { method: 'DELETE', keepalive: true });
}
