import * as z from 'zod';
import { depthSchema } from './depth.ts';
import { sourceFormatSchema } from './image.ts';
import { jobSchema, taskSchema } from './job.ts';
import { errorCodeSchema } from './error-code-schema.ts';
import { presenceSchema } from './message.ts';
import { webhookCreatedSchema } from './webhook.ts';

export const imageSchema = z.object({
  id: z.string(),
  name: z.string(),
  format: sourceFormatSchema,
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  /** Bits of a sample: 16 of a PNG or TIFF that has so many, else 8. */
  depth: depthSchema,
  bytes: z.int(),
  sha256: z.string(),
});
export type ImageDto = Readonly<z.infer<typeof imageSchema>>;

export const errorDetailSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  requestId: z.string(),
  /** The problems of a request one by one, where there are several. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
/** Every answer with a status of 400 or above. */
export const errorBodySchema = z.object({ error: errorDetailSchema });
export type ErrorBody = Readonly<z.infer<typeof errorBodySchema>>;

/** `POST /images`: the accepted files, and a sentence for each refused one. If all are refused the answer is an error. */
export const imagesCreatedSchema = z.object({
  images: z.array(imageSchema),
  refused: z.array(z.object({ name: z.string(), code: errorCodeSchema, message: z.string() })).optional(),
});
export const jobsCreatedSchema = z.object({
  jobs: z.array(jobSchema),
  batch: z.string().optional(),
  webhook: webhookCreatedSchema.optional(),
});
export const jobListSchema = z.object({ jobs: z.array(jobSchema), next: z.string().nullable() });
export const taskListSchema = z.object({ tasks: z.array(taskSchema) });
export const batchSchema = z.object({ id: z.string(), jobs: z.array(jobSchema) });

/** An entry of the catalogue; `params` is a JSON Schema with defaults and ranges, `depths` bits of samples that it computes with. */
export const operationSchema = z.object({
  op: z.string(),
  title: z.string(),
  description: z.string(),
  category: z.string(),
  kind: z.enum(['point', 'neighbourhood', 'global', 'geometry', 'combine']),
  depths: z.array(depthSchema),
  params: z.record(z.string(), z.unknown()),
});
export type OperationDto = Readonly<z.infer<typeof operationSchema>>;
export const operationListSchema = z.object({ operations: z.array(operationSchema) });

export const executorListSchema = z.object({
  executors: z.array(presenceSchema.omit({ v: true }).extend({ seenSecondsAgo: z.number() })),
});
export const readinessSchema = z.object({
  ready: z.boolean(),
  parts: z.record(z.string(), z.object({ ready: z.boolean(), detail: z.string().optional() })),
});

/** One message of the SSE stream: `event: job` carries a job, `event: task` a change of one task. */
export const taskChangeSchema = taskSchema.extend({ job: z.string() });
export type TaskChange = Readonly<z.infer<typeof taskChangeSchema>>;
