import * as z from 'zod';
import { depthSchema } from './depth.ts';
import { companionSchema } from './companion.ts';
import { errorCodeSchema } from './error-code-schema.ts';
import { pipelineSchema } from './operations/index.ts';
import { outputRequestSchema, outputSchema } from './output.ts';
import { productFactsSchema } from './product-facts.ts';
import { regionSchema } from './region.ts';
import { reportRefSchema } from './reports/report-facts.ts';
import { resultFilesRefSchema } from './result-files.ts';
import { strategySchema } from './strategy.ts';
import { webhookRequestSchema } from './webhook.ts';

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobStateSchema>;

/**
 * `ready` waits for the relay; `publishing` is on its way to the broker; `published` waits in a queue; `running` was
 * begun by an executor; the last three are final.
 */
export const taskStateSchema = z.enum(['ready', 'publishing', 'published', 'running', 'done', 'failed', 'cancelled']);
export type TaskState = z.infer<typeof taskStateSchema>;

export const splitSchema = z.enum(['auto', 'always', 'never']);
export type Split = z.infer<typeof splitSchema>;

/** Images of one `POST /jobs`. */
export const MAX_IMAGES_PER_JOB_REQUEST = 1000;

/** `POST /jobs`: one job per image. */
export const jobRequestSchema = z.strictObject({
  images: z.array(z.string().min(1).max(64)).min(1).max(MAX_IMAGES_PER_JOB_REQUEST),
  pipeline: pipelineSchema,
  output: outputRequestSchema,
  batch: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(
      '`new`: the jobs make a batch, even if there is one only; the id of a batch of this visitor: they join it. ' +
        'Without it several images make a batch.',
    ),
  split: splitSchema.default('auto'),
  strategy: strategySchema.default('balanced'),
  verify: z.boolean().default(false).describe('Recompute the result unsplit and fail the job on any difference.'),
  reuse: z.boolean().default(true).describe('Answer with an equal finished result if there is one.'),
  webhook: webhookRequestSchema.optional(),
});
export type JobRequest = Readonly<z.infer<typeof jobRequestSchema>>;

export const jobErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  region: regionSchema.optional(),
  attempts: z.int().min(0),
});
export type JobError = Readonly<z.infer<typeof jobErrorSchema>>;

export const jobResultSchema = z.object({
  url: z.string(),
  bytes: z.int(),
  format: z.string(),
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  /** Bits of a sample in its file. Absent: 8, or what the raster of a product tells. */
  depth: depthSchema.optional(),
  pixelDigest: z.string(),
  verified: z.boolean(),
  /** The result was taken from an equal earlier job. */
  reused: z.boolean(),
  /** Files beside it: the picture of a raster, and its legend. */
  companions: z.array(companionSchema).optional(),
  /** What its operations found out besides pixels, in the order of their steps. */
  reports: z.array(reportRefSchema).optional(),
  /** It is several files: `url` gives them all as a ZIP file. */
  files: resultFilesRefSchema.optional(),
});
export type JobResult = Readonly<z.infer<typeof jobResultSchema>>;

export const jobSchema = z.object({
  id: z.string(),
  batch: z.string().nullable(),
  image: z.object({ id: z.string(), name: z.string(), url: z.string() }),
  state: jobStateSchema,
  pipeline: pipelineSchema,
  output: outputSchema,
  /** The image has 16 bits a channel and was worked on in 8, as was asked for. */
  reduced: z.literal(true).optional(),
  /** A step moves pixels or makes another size: the result does not lie over its source. */
  moved: z.literal(true).optional(),
  /** What it makes of rasters; absent in jobs over pictures. */
  product: productFactsSchema.optional(),
  progress: z.object({
    done: z.int().min(0),
    total: z.int().min(1),
    /** Share of the work that is done, 0–1, by what each task costs; never falls, 1 only when the job is done. */
    share: z.number().min(0).max(1),
    /** Seconds left at best and at worst; `null` until an estimate can be trusted. */
    eta: z.object({ low: z.number().min(0), high: z.number().min(0) }).nullable(),
    /** The middle of `eta`. */
    etaSeconds: z.number().min(0).nullable(),
    /** Jobs that come before one that waits. */
    ahead: z.int().min(0).optional(),
    /** Tasks that the living executors can run at one time. */
    slots: z.int().min(0).optional(),
  }),
  /** How its tasks find their executors; absent where the site is older than strategies. */
  strategy: strategySchema.optional(),
  /** Why a job that is under way does not move: nobody works, or all who do are too busy to take its tasks. */
  waitsFor: z.enum(['executor', 'willing-executor']).optional(),
  stages: z.array(
    z.object({
      kind: z.string(),
      tasks: z.int(),
      done: z.int(),
      /** It was not needed, for what it would have looked for was settled before; it counts as done. */
      passedOver: z.literal(true).optional(),
      /** Its regions are not those of the result: the picture has another size there, or is cut otherwise. */
      elsewhere: z.literal(true).optional(),
    }),
  ),
  /** Why the job was split or not. */
  reason: z.string(),
  error: jobErrorSchema.optional(),
  result: jobResultSchema.optional(),
  /** When the job, and its result with it, is forgotten; absent until it has ended, and where jobs are kept for ever. */
  expiresAt: z.iso.datetime().optional(),
  timings: z.object({
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  }),
});
export type JobDto = Readonly<z.infer<typeof jobSchema>>;

export const taskSchema = z.object({
  stage: z.int(),
  index: z.int(),
  kind: z.string(),
  region: regionSchema.nullable(),
  state: taskStateSchema,
  executor: z.string().nullable(),
  attempts: z.int(),
  milliseconds: z.number().nullable(),
});
export type TaskDto = Readonly<z.infer<typeof taskSchema>>;
