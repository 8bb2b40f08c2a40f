import * as z from 'zod';
import { depthSchema } from './depth.ts';
import { companionFactsSchema } from './companion.ts';
import { errorCodeSchema } from './error-code-schema.ts';
import { imageRefSchema } from './image.ts';
import { planSchema } from './plan.ts';
import { reportFactsSchema } from './reports/report-facts.ts';
import { resultFilesSchema } from './result-files.ts';
import { strategySchema } from './strategy.ts';

/** Version of every message below; queues carry it in their names, so that two versions never meet. */
export const MESSAGE_VERSION = 1;

/** Largest body of a message in bytes: messages carry references, never pixels. */
export const MAX_MESSAGE_BYTES = 65_536;

const version = z.literal(MESSAGE_VERSION);
const identity = {
  v: version,
  task: z.string(),
  job: z.string(),
  stage: z.int().min(0),
  index: z.int().min(0),
};

/** What one message asks one executor to do. */
export const taskMessageSchema = z.object({
  ...identity,
  /** Attempts already used up by controlled failures; the broker's delivery count comes on top. */
  attempts: z.int().min(0),
  maxAttempts: z.int().min(1),
  image: imageRefSchema,
  plan: planSchema,
  /** Absent: `balanced`. */
  strategy: strategySchema.optional(),
  /** The executor that turned the task away the last time it was offered; another one is preferred now. */
  turnedAwayBy: z.string().optional(),
});
export type TaskMessage = Readonly<z.infer<typeof taskMessageSchema>>;

/** What the last task of a job says about the finished file. */
export const resultFactsSchema = z.object({
  key: z.string(),
  bytes: z.int().min(0),
  contentType: z.string(),
  width: z.int().min(1),
  height: z.int().min(1),
  channels: z.int().min(1),
  /** Bits of a sample in its file. Absent: 8, or what a product's raster tells. */
  depth: depthSchema.optional(),
  /** SHA-256 over the SHA-256 of the raster's blocks, lower-case hex. */
  pixelDigest: z.string(),
  verified: z.boolean(),
  /** Files beside it, each with a role of its own. */
  companions: z.array(companionFactsSchema).optional(),
  /** What its operations found out, in the order of their steps. */
  reports: z.array(reportFactsSchema).optional(),
  /** It is several files. */
  files: resultFilesSchema.optional(),
});
export type ResultFacts = Readonly<z.infer<typeof resultFactsSchema>>;

const report = { ...identity, executor: z.string(), attempt: z.int().min(1) };

/** What executors tell the masters of a task. */
export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ ...report, type: z.literal('started') }),
  z.object({
    ...report,
    type: z.literal('done'),
    milliseconds: z.number().min(0),
    result: resultFactsSchema.optional(),
    /** A merge whose state no further round would change: what is left of the rounds is passed over. */
    settled: z.literal(true).optional(),
  }),
  /** The task failed; `retryable` failures use up an attempt each, others end the job. */
  z.object({
    ...report,
    type: z.literal('failed'),
    code: errorCodeSchema,
    message: z.string(),
    retryable: z.boolean(),
  }),
  /**
   * The executor gives the task back without using up an attempt: it drains, its surroundings are unavailable, or, before
   * it was begun, the executor is unwilling.
   */
  z.object({ ...report, type: z.literal('returned'), code: errorCodeSchema, delayMilliseconds: z.int().min(0) }),
]);
export type TaskEvent = Readonly<z.infer<typeof taskEventSchema>>;

/** The heartbeat of an executor, fanned out to every master. */
export const presenceSchema = z.object({
  v: version,
  executor: z.string(),
  host: z.string(),
  pid: z.int(),
  kernel: z.string(),
  /** Version of the program; older ones do not tell, nor what follows. */
  version: z.string().optional(),
  startedAt: z.iso.datetime().optional(),
  cores: z.int().min(1).optional(),
  slots: z.int().min(1),
  draining: z.boolean(),
  /** Share of all cores in use, 0–1. */
  load: z.number().min(0),
  memoryBytes: z.int().min(0),
  /** Address of the inbox by which tasks reach this executor alone; absent where it has none. */
  inbox: z.string().min(1).max(255).optional(),
  /** Whether it takes tasks now; absent: it does. */
  willing: z.boolean().optional(),
  /** Why it does not: its machine is busy with something else, or it makes believe to be (EXECUTOR_LOAD_PROBABILITY). */
  unwillingFor: z.enum(['load', 'probability']).optional(),
  tasks: z.array(z.object({ task: z.string(), job: z.string(), stage: z.int(), index: z.int(), attempt: z.int() })),
});
export type Presence = Readonly<z.infer<typeof presenceSchema>>;

/** What a master tells every executor. */
export const controlSchema = z.discriminatedUnion('type', [
  /** Stop the job's tasks, drop what is cached for it. */
  z.object({ v: version, type: z.literal('cancel'), job: z.string() }),
  /** The job has ended: what is cached for it may go. */
  z.object({ v: version, type: z.literal('ended'), job: z.string() }),
]);
export type Control = Readonly<z.infer<typeof controlSchema>>;
