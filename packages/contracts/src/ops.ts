import * as z from 'zod';
import { errorCodeSchema } from './error-code-schema.ts';
import { presenceSchema } from './message.ts';
import { regionSchema, sizeSchema } from './region.ts';

const count = z.int().min(0);
const amount = z.number().min(0);
const time = z.iso.datetime();

/** Says of which moment an answer is, by the clock of the master that gives it. */
const asOf = { at: time };

/** `GET /ops/access`: whether this site has a token for its operators at all. The one call that needs none. */
export const opsAccessSchema = z.object({ configured: z.boolean() });

/** A queue of the broker. */
export const opsQueueSchema = z.object({
  queue: z.enum(['tasks', 'events', 'dead']),
  /** Messages that wait; `null`: the broker does not say. */
  depth: count.nullable(),
  /** Who takes messages from it, where that is known. */
  consumers: count.nullable(),
});
export type OpsQueue = Readonly<z.infer<typeof opsQueueSchema>>;

/** How ready work gets from the database to the broker. */
export const opsRelaySchema = z.object({
  /** `blocked`: the broker takes no messages, being short of memory or disk. */
  state: z.enum(['publishing', 'blocked', 'disconnected']),
  /** Tasks that may be with the broker or the executors at one time, and that are. */
  window: count,
  inFlight: count,
  /** Tasks that wait for a place in the window. */
  ready: count,
  oldestReadySeconds: amount,
  /** Of this master, over the last quarter of a minute. */
  publishedPerSecond: amount,
  /** Of all masters, over the last quarter of a minute. */
  startedPerSecond: amount,
  finishedPerSecond: amount,
  /** Publishes that failed since this master started. */
  failedPublishes: count,
});
export type OpsRelay = Readonly<z.infer<typeof opsRelaySchema>>;

export const opsQueuesSchema = z.object({
  ...asOf,
  queues: z.array(opsQueueSchema),
  relay: opsRelaySchema,
  /** Dead letters since this master started that no job could be told of. */
  unreadableDead: count,
});
export type OpsQueuesDto = Readonly<z.infer<typeof opsQueuesSchema>>;

/** `GET /ops/overview`: the headline. */
export const opsOverviewSchema = z.object({
  ...asOf,
  /** Those that are unwilling have room but take nothing at the moment. */
  executors: z.object({ alive: count, busy: count, draining: count, unwilling: count, slots: count, busySlots: count }),
  jobs: z.object({ queued: count, running: count }),
  oldestReadySeconds: amount,
  dead: z.object({ groups: count, jobs: count }),
  /** Redrives that are not over. */
  redrives: count,
  broker: z.enum(['connected', 'blocked', 'disconnected']),
  /** When a job last ended in a result, if one is still known. */
  lastDoneAt: time.nullable(),
});
export type OpsOverviewDto = Readonly<z.infer<typeof opsOverviewSchema>>;

/** What one executor did in the time of a sample. */
export const opsExecutorSampleSchema = z.object({ tasksPerSecond: amount, busySlots: amount, load: amount });

/** The site at one moment; figures per second are means since the sample before. `null`: nobody could say. */
export const opsSampleSchema = z.object({
  at: time,
  tasksPerSecond: amount.nullable(),
  megapixelsPerSecond: amount.nullable(),
  /** Attempts that failed, per second, and those of them that were the last allowed. */
  failedPerSecond: amount.nullable(),
  deadPerSecond: amount.nullable(),
  ready: amount.nullable(),
  inFlight: amount.nullable(),
  oldestReadySeconds: amount.nullable(),
  /** Messages in the queues. */
  tasks: amount.nullable(),
  events: amount.nullable(),
  dead: amount.nullable(),
  executors: amount,
  slots: amount,
  busySlots: amount,
});
export type OpsSample = Readonly<z.infer<typeof opsSampleSchema>>;

export const opsSpanSchema = z.enum(['hour', 'day']);
export type OpsSpan = z.infer<typeof opsSpanSchema>;

/**
 * `GET /ops/series`: samples of the last hour, or of the last day in coarser steps, oldest first. Every master takes
 * samples of its own, of facts that all share: after a restart its series begins anew.
 */
export const opsSeriesSchema = z.object({
  ...asOf,
  span: opsSpanSchema,
  everySeconds: z.int().min(1),
  /** When this master began to take samples. */
  since: time,
  samples: z.array(opsSampleSchema),
});
export type OpsSeriesDto = Readonly<z.infer<typeof opsSeriesSchema>>;

/** A task that an executor says it works on. What the database does not know of it (any more) is `null`. */
export const opsTaskSchema = z.object({
  job: z.string(),
  image: z.string().nullable(),
  kind: z.string().nullable(),
  region: regionSchema.nullable(),
  stage: count,
  index: count,
  attempt: count,
  since: time.nullable(),
});
export type OpsTask = Readonly<z.infer<typeof opsTaskSchema>>;

export const opsExecutorSchema = presenceSchema.omit({ v: true, tasks: true }).extend({
  /** `gone`: no heartbeat for a while; the other figures are its last. */
  state: z.enum(['busy', 'idle', 'draining', 'gone']),
  seenAt: time,
  /** When this master first heard of it. */
  knownSince: time,
  tasks: z.array(opsTaskSchema),
  /** Over the last minute. */
  tasksPerMinute: amount,
  /** Mean milliseconds of a task over the last minute; `null`: it finished none. */
  millisecondsPerTask: amount.nullable(),
});
export type OpsExecutor = Readonly<z.infer<typeof opsExecutorSchema>>;

/** `GET /ops/executors`: the living ones, then those that left within the last hour. */
export const opsExecutorsSchema = z.object({ ...asOf, executors: z.array(opsExecutorSchema) });
export type OpsExecutorsDto = Readonly<z.infer<typeof opsExecutorsSchema>>;

export const opsExecutorDetailSchema = z.object({
  ...asOf,
  executor: opsExecutorSchema,
  everySeconds: z.int().min(1),
  samples: z.array(opsExecutorSampleSchema.extend({ at: time })),
});
export type OpsExecutorDetailDto = Readonly<z.infer<typeof opsExecutorDetailSchema>>;

/** Failed jobs with one cause: a code, in one kind of stage, of one operation or several that were fused. */
export const deadGroupSchema = z.object({
  id: z.string(),
  code: errorCodeSchema,
  kind: z.string(),
  operations: z.array(z.string()),
  jobs: z.int().min(1),
  /** Those whose finished pieces are still kept and that no open redrive has. */
  redrivable: count,
  firstAt: time,
  lastAt: time,
  /** Failures in each hour of the last day, oldest first. */
  hours: z.array(count).length(24),
});
export type DeadGroup = Readonly<z.infer<typeof deadGroupSchema>>;

export const deadGroupsSchema = z.object({
  ...asOf,
  groups: z.array(deadGroupSchema),
  /** Hours for which a failed job can be redriven. */
  keepHours: amount,
  unreadableDead: count,
});
export type DeadGroupsDto = Readonly<z.infer<typeof deadGroupsSchema>>;

/** A failed job with the task that failed it. */
export const deadJobSchema = z.object({
  job: z.string(),
  image: z.object({ id: z.string(), name: z.string() }),
  picture: sizeSchema,
  code: errorCodeSchema,
  message: z.string(),
  kind: z.string(),
  stage: count,
  index: count,
  /** Part of the picture; `null`: the task saw all of it. */
  region: regionSchema.nullable(),
  attempts: count,
  executor: z.string().nullable(),
  failedAt: time,
  redrivable: z.boolean(),
});
export type DeadJob = Readonly<z.infer<typeof deadJobSchema>>;

export const deadJobsSchema = z.object({
  ...asOf,
  group: deadGroupSchema,
  jobs: z.array(deadJobSchema),
  /** Cursor of the page after this one. */
  next: z.string().nullable(),
});
export type DeadJobsDto = Readonly<z.infer<typeof deadJobsSchema>>;

/** Which failed jobs are meant: all, those of a group, or some; `limit` takes the newest of them. */
export const deadFilterSchema = z.strictObject({
  group: z.string().min(1).max(64).optional(),
  jobs: z.array(z.string().min(1).max(64)).min(1).max(1000).optional(),
  limit: z.int().min(1).optional(),
});
export type DeadFilter = Readonly<z.infer<typeof deadFilterSchema>>;

/** How whoever holds the token wants to be named in the list of what was done. */
const actor = z.string().trim().min(1).max(40).optional();

/** `POST /ops/dead/discard`: takes failed jobs off the list. */
export const discardRequestSchema = z.strictObject({
  filter: deadFilterSchema,
  /** The number that was shown; where it grew meanwhile nothing is discarded. */
  atMost: z.int().min(1),
  actor,
});
export const discardedSchema = z.object({ discarded: count });

/** What was taken off the list at one time. */
export const discardSchema = z.object({ discardedAt: time, actor: z.string(), jobs: z.int().min(1) });
export type DiscardDto = Readonly<z.infer<typeof discardSchema>>;
export const discardListSchema = z.object({ ...asOf, discards: z.array(discardSchema) });

/** Jobs per second that a redrive may bring back at most. */
export const MAX_REDRIVE_RATE = 100;

/** `POST /redrives/count`: what a redrive of these would bring back. */
export const redriveCountSchema = z.object({ matching: count, redrivable: count });

/** `POST /redrives`. */
export const redriveRequestSchema = z.strictObject({
  /** Made up by the caller: a second request with the same key starts nothing and answers with the first one's. */
  key: z.string().min(16).max(64),
  filter: deadFilterSchema,
  /** Jobs per second. */
  rate: z.number().min(0.01).max(MAX_REDRIVE_RATE).default(10),
  actor,
});
export type RedriveRequest = Readonly<z.infer<typeof redriveRequestSchema>>;

/**
 * `waiting`: nothing is sent yet, and it can be undone; `running`: jobs are brought back and watched until they end;
 * `done`: all of them ended; `cancelled`: no further job is brought back.
 */
export const redriveStateSchema = z.enum(['waiting', 'running', 'done', 'cancelled']);
export type RedriveState = z.infer<typeof redriveStateSchema>;

export const redriveSchema = z.object({
  id: z.string(),
  state: redriveStateSchema,
  actor: z.string(),
  filter: deadFilterSchema,
  rate: amount,
  /** Jobs that it was to bring back when it was asked for. */
  total: count,
  /** Jobs brought back so far; the three below are those of them that ended. */
  redriven: count,
  succeeded: count,
  failed: count,
  cancelled: count,
  /** Jobs that were not brought back: they were none of the failed any more, or the redrive was cancelled before. */
  skipped: count,
  createdAt: time,
  /** Until then it is only noted. */
  startsAt: time,
  finishedAt: time.nullable(),
});
export type RedriveDto = Readonly<z.infer<typeof redriveSchema>>;
export const redriveListSchema = z.object({ ...asOf, redrives: z.array(redriveSchema) });
export const redriveAnswerSchema = z.object({ ...asOf, redrive: redriveSchema });

/** Bytes and number of what is stored for one purpose. */
const usage = z.object({ objects: count, bytes: count });

/** `GET /ops/storage`. */
export const opsStorageSchema = z.object({
  ...asOf,
  /** By the database. */
  uploads: usage,
  results: usage,
  /** Pieces of work under way, and objects that wait to be deleted; `null` where counting them would take too long. */
  pieces: usage.nullable(),
  removals: count,
  /** Uploads that arrive at this master: the disk below its scratch folder. */
  incoming: usage.extend({ freeBytes: count, sizeBytes: count }),
  /** Hours; 0: for ever. */
  keep: z.object({ resultsHours: amount, uploadsHours: amount, failedWorkHours: amount }),
});
export type OpsStorageDto = Readonly<z.infer<typeof opsStorageSchema>>;
