import * as z from 'zod';
import { pipelineSchema } from './operations/index.ts';
import { outputRequestSchema } from './output.ts';

/** Pipelines that one visitor may keep. */
export const MAX_SAVED_PIPELINES = 100;

const nameSchema = z.string().trim().min(1).max(80).describe('What the visitor calls it, 1–80 characters.');

/** `POST /pipelines`: keeps steps and output under a name. */
export const newPipelineSchema = z.strictObject({
  name: nameSchema,
  pipeline: pipelineSchema,
  output: outputRequestSchema,
});
export type NewPipeline = Readonly<z.infer<typeof newPipelineSchema>>;

/** `PATCH /pipelines/:pipeline`: what is given replaces what was. */
export const pipelineChangeSchema = newPipelineSchema
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change');
export type PipelineChange = Readonly<z.infer<typeof pipelineChangeSchema>>;

/** A kept pipeline. Its id is the capability to look at it; only whoever saved it may change it. */
export const savedPipelineSchema = newPipelineSchema.extend({
  id: z.string(),
  /** Whether the asking visitor saved it. */
  own: z.boolean(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type SavedPipelineDto = Readonly<z.infer<typeof savedPipelineSchema>>;

/** `GET /pipelines`: the visitor's own, last changed first. */
export const savedPipelineListSchema = z.object({ pipelines: z.array(savedPipelineSchema) });
