import type {
  AttemptOutcome,
  ErrorCode,
  ImageFacts,
  JobError,
  JobState,
  Plan,
  ResultFacts,
  SourceFormat,
  StagePace,
  Strategy,
  TaskEvent,
  TaskMessage,
  TaskState,
} from '@tessera/contracts';
import type { Expiry, Forgetting } from './expiry.ts';
import type { JobQuery } from './job-query.ts';
import type { AttemptPolicy, ClaimLimits, EventOutcome, HeldTasks } from './task-traffic.ts';

export type { Expiry, Forgetting } from './expiry.ts';
export type { JobQuery } from './job-query.ts';
export type { PipelineRow } from './pipeline-store.ts';
export type { AttemptPolicy, ClaimLimits, EventOutcome, HeldTasks } from './task-traffic.ts';
import type { CatalogueStore, NewCatalogueProduct } from './catalogue-store.ts';
import type { OpsStore } from './ops-store.ts';
import type { PipelineStore } from './pipeline-store.ts';
import type { UploadStore } from './upload-store.ts';
import type { NewWebhook, WebhookStore } from './webhook-store.ts';

/** What a job begins with: an uploaded picture, or a list of rasters that were put together. */
export interface ImageRow extends Omit<ImageFacts, 'format'> {
  readonly format: SourceFormat;
  readonly id: string;
  readonly visitor: string;
  /** Sanitised display name. */
  readonly name: string;
  readonly key: string;
  readonly createdAt: Date;
}

export interface NewJob {
  readonly id: string;
  readonly visitor: string;
  readonly batch: string | null;
  readonly image: ImageRow;
  readonly plan: Plan;
  /** Hash of image content, canonical pipeline, output and kernel version. */
  readonly reuseKey: string;
  /** Look for a finished job with the same key. */
  readonly reuse: boolean;
  readonly verify: boolean;
  readonly strategy: Strategy;
  /** What it is in the catalogue once it is done; absent: nothing. */
  readonly product?: NewCatalogueProduct | undefined;
}

/** What an open job goes on with instead of its plan; `again` of the plan is larger than before. */
export type NewPlan = { readonly plan: Plan; readonly reuseKey: string } | { readonly error: JobError };

export interface JobRow {
  readonly id: string;
  readonly visitor: string;
  readonly batch: string | null;
  readonly image: ImageRow;
  readonly plan: Plan;
  readonly state: JobState;
  /** Stage under way; equals `plan.stages.length` when all are done. */
  readonly stage: number;
  /** Finished tasks per stage. */
  readonly stagesDone: readonly number[];
  /** Stages that were not needed, for an operation was settled after fewer rounds: they count as done, without tasks. */
  readonly passedOver: readonly number[];
  readonly tasksDone: number;
  readonly tasksTotal: number;
  readonly error: JobError | null;
  readonly result: ResultFacts | null;
  readonly reused: boolean;
  readonly strategy: Strategy;
  /** An executor works on one of its tasks, as far as is known. */
  readonly working: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TaskRow {
  readonly id: string;
  readonly job: string;
  readonly stage: number;
  readonly index: number;
  readonly state: TaskState;
  readonly executor: string | null;
  /** Attempts begun since the last redrive; those that were given back do not count. */
  readonly attempts: number;
  readonly milliseconds: number | null;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

/** Which attempts are asked for. */
export interface AttemptFilter {
  /** Those only whose task somebody else had to take over: their executor was gone, or gave it back. */
  readonly handedOn?: boolean | undefined;
}

/** One delivery of a task that an executor began, or that the broker gave up. */
export interface AttemptRow {
  readonly stage: number;
  readonly index: number;
  /** Grows with each attempt of the task, with gaps. */
  readonly attempt: number;
  /** Null: nobody had begun it when the broker gave it up. */
  readonly executor: string | null;
  readonly beganAt: Date;
  /** Null while it is under way. */
  readonly endedAt: Date | null;
  readonly outcome: AttemptOutcome | null;
  /** Why it did not succeed, where somebody said so. */
  readonly code: ErrorCode | null;
}

/** What was seen of the tasks of one stage of a job. */
export interface StagePaceRow extends StagePace {
  readonly job: string;
  readonly stage: number;
}

/**
 * A change that visitors may watch. `seq` grows, and whoever has seen a number has seen all below it that will ever be.
 * A job changes when it is inserted, starts, comes to another stage, ends or is redriven; a task when it runs, is done,
 * fails, or is ready again after it ran. Its way through the queues is no change, nor are the tasks a job's end cancels.
 */
export interface ChangeRow {
  readonly seq: number;
  readonly job: string;
  readonly kind: 'job' | 'task';
  /** For `task`: the task after the change. */
  readonly task: TaskRow | null;
}

/**
 * The state of all jobs. Every method is one transaction; none leaves a state that the job life cycle does not know.
 * Throws AppError DATABASE_UNAVAILABLE when the database can't be reached, NOT_FOUND for unknown ids.
 */
export interface JobStore extends CatalogueStore, OpsStore, PipelineStore, UploadStore, WebhookStore {
  insertImage(image: ImageRow): Promise<void>;
  getImage(id: string): Promise<ImageRow | undefined>;
  /**
   * Inserts jobs with the tasks of their first stage, or as done where an equal finished job may be reused; a job to be
   * verified reuses verified results only. All or none: NOT_FOUND if an image, CONFLICT if an id of a job exists.
   *
   * @param webhook is told of the ends of these jobs.
   */
  insertJobs(jobs: readonly NewJob[], webhook?: NewWebhook): Promise<readonly JobRow[]>;
  getJob(id: string): Promise<JobRow | undefined>;
  /** A page of a visitor's jobs, newest first. */
  listJobs(query: JobQuery): Promise<{ jobs: readonly JobRow[]; next: string | null }>;
  /** The jobs with these ids in the order of submission; unknown ids are left out. */
  getJobs(ids: readonly string[]): Promise<readonly JobRow[]>;
  /** Jobs of a batch in the order of submission. */
  getBatch(id: string): Promise<readonly JobRow[]>;
  /** Whether the visitor has jobs in the batch. */
  hasBatch(visitor: string, batch: string): Promise<boolean>;
  getTasks(job: string): Promise<readonly TaskRow[]>;
  /** All attempts at tasks of a job, in the order in which they began. */
  listAttempts(job: string, filter?: AttemptFilter): Promise<readonly AttemptRow[]>;
  /** What was seen of the stages of some jobs that were begun. */
  readPace(jobs: readonly string[]): Promise<readonly StagePaceRow[]>;
  /** The oldest open jobs, in the order of submission. */
  listOpenJobs(limit: number): Promise<readonly { readonly id: string; readonly visitor: string }[]>;
  /** Jobs of this visitor that are neither done, failed nor cancelled. */
  countOpenJobs(visitor: string): Promise<number>;
  /** Moves a job to `cancelled` unless it is final; tells whether it did. */
  cancelJob(id: string): Promise<boolean>;
  /**
   * Removes jobs of a visitor, open ones too, with their tasks; results that no other job has are listed for removal.
   * Gives the jobs that it removed, and whether they were open; those of others and unknown ones are left out.
   */
  forgetJobs(forgetting: Forgetting): Promise<readonly { readonly id: string; readonly open: boolean }[]>;
  /** The oldest open jobs whose plans promise pixels of none of these versions. */
  listForeignJobs(kernels: readonly string[], limit: number): Promise<readonly JobRow[]>;
  /**
   * Puts an open job whose plan promises pixels of the version `from` at the beginning of another plan, or ends it with
   * an error where there is none: what was done for the plan before counts for nothing, and its events no longer do.
   * Tells whether it did.
   */
  planAnew(id: string, from: string, anew: NewPlan): Promise<boolean>;
  /** Makes the failed tasks of a failed job ready again, with fresh attempts; done tasks stay done. */
  redriveJob(id: string): Promise<boolean>;

  /** Takes ready tasks, fair over visitors and then jobs, marks them `publishing`, and gives their messages. */
  claimTasks(limits: ClaimLimits): Promise<readonly TaskMessage[]>;
  /** Before tasks that were claimed are published to inboxes: notes to which. */
  noteSent(tasks: readonly { readonly task: string; readonly inbox: string }[]): Promise<void>;
  /** After the broker's confirm: `publishing` → `published`. A task that already runs or ended is left alone. */
  markPublished(tasks: readonly string[]): Promise<void>;
  /** After a failed publish: `publishing` → `ready`. */
  unclaimTasks(tasks: readonly string[]): Promise<void>;
  /**
   * `publishing` tasks older than `publishingSeconds` and `running` ones not seen for `runningSeconds` → `ready`. The
   * attempt of a running one is used up, so that a task which brings its executor down does not come back for ever.
   */
  reviveTasks(limits: { publishingSeconds: number; runningSeconds: number }): Promise<number>;
  /**
   * Tasks that were sent to an inbox which is gone, and that no executor holds, → `ready`. The attempt of a `running` one
   * is used up, as its executor stopped with it; `published` ones were never begun.
   */
  reviveSent(known: HeldTasks): Promise<number>;
  /**
   * `publishing` and `published` (and with `running` those too, their attempt used up) → `ready`: after the broker lost
   * its queues. With `olderThanSeconds` only those without a change or a touch for so long; without `inboxes` only those
   * of the common queue.
   */
  republishAll(options: { running: boolean; olderThanSeconds?: number; inboxes?: boolean }): Promise<number>;
  /** Notes that these tasks are alive on their executor. */
  touchTasks(tasks: readonly string[]): Promise<void>;

  /**
   * Applies an event. The `done` event that brings a stage's remaining tasks to zero inserts the next stage, or ends
   * the job, in the same transaction; a settled merge passes over the rounds that are left. `failed` and retryable with attempts left → `ready` after a back-off; else the
   * job fails with the code and the region. `returned` → `ready` after its delay, no attempt used up; after 20 returns
   * in more than an hour it counts as failed. Returned with EXECUTOR_UNWILLING it was turned away: that counts for
   * nothing, however often, but for the delay. Turned away is what was never begun; so that is no change for visitors. `started` beyond the allowed attempts fails with ATTEMPTS_EXHAUSTED.
   * Events of an attempt that is over do nothing, but `done` counts whoever says it, as results do not depend on that.
   */
  applyEvent(event: TaskEvent, policy: AttemptPolicy): Promise<EventOutcome>;
  /**
   * The broker gave a task up (delivery limit): the job fails with ATTEMPTS_EXHAUSTED unless the task is final or was
   * redriven since. `attempts` is the number of the last attempt: the message's `attempts` plus its deliveries.
   */
  failDead(task: string, attempts: number): Promise<EventOutcome>;

  /** Changes after `seq`, oldest first, at most `limit`; `jobs` narrows them. */
  listChanges(query: {
    after: number;
    limit: number;
    jobs?: readonly string[] | undefined;
  }): Promise<readonly ChangeRow[]>;
  /** The newest `seq`, also if it was dropped since; 0 if there was none. */
  lastChange(): Promise<number>;
  /** Drops changes older than `seconds`; gives their number. */
  pruneChanges(seconds: number): Promise<number>;
  /**
   * Removes jobs that ended so long ago, however they ended, with their tasks; results that no other job has are listed
   * for removal. Gives their number; fewer than the limit means that no more are due, or that others hold them.
   */
  expireJobs(expiry: Expiry): Promise<number>;
  /**
   * Removes images that no job has and that were uploaded, and last asked for, so long ago; lists their objects for
   * removal. Gives their number.
   */
  expireImages(expiry: Expiry): Promise<number>;
  /**
   * Lists for removal, in `settleSeconds`, those of some stored objects that no row refers to.
   *
   * @param objects with the id of the image or the job that each was stored for. Gives the number newly listed.
   */
  noteOrphans(
    objects: readonly { readonly key: string; readonly owner: string }[],
    settleSeconds: number,
  ): Promise<number>;
  /** Keys of objects that are due to be deleted; what a row refers to again is not among them. None during a backup. */
  listRemovals(limit: number): Promise<readonly string[]>;
  /** After these objects were deleted. */
  forgetRemovals(keys: readonly string[]): Promise<void>;
  /**
   * After a restore, for the pieces of unfinished work are not in a backup: open and failed jobs go back to the beginning
   * of their first stage; failed ones stay failed. No master or executor may be at work. Gives their number.
   */
  rewindJobs(): Promise<number>;
  /** Tasks per state and jobs per state, for metrics. */
  countStates(): Promise<{
    jobs: Readonly<Partial<Record<JobState, number>>>;
    tasks: Readonly<Partial<Record<TaskState, number>>>;
  }>;
  /** Age of the task that waits longest of those that may be published now; 0 if there is none. For metrics. */
  oldestReadySeconds(): Promise<number>;

  ping(): Promise<void>;
  close(): Promise<void>;
}
