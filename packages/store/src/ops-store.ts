import type { DeadFilter, DeliveryState, ErrorCode, RedriveState, Region, Size, TaskState } from '@tessera/contracts';
import type { DeliveryRow } from './webhook-store.ts';

/** Failed jobs with one cause. */
export interface DeadGroupRow {
  /** The same for the same cause. */
  readonly id: string;
  readonly code: ErrorCode;
  /** Kind of the stage that failed. */
  readonly kind: string;
  /** Operations of that stage, in their order. */
  readonly operations: readonly string[];
  readonly jobs: number;
  /** Those that ended not too long ago and that no open redrive is going to bring back. */
  readonly redrivable: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Failures in each hour of the last day, oldest first. */
  readonly hours: readonly number[];
}

export interface DeadJobRow {
  readonly job: string;
  readonly image: { readonly id: string; readonly name: string };
  readonly picture: Size;
  readonly code: ErrorCode;
  readonly message: string;
  readonly kind: string;
  readonly stage: number;
  readonly index: number;
  readonly region: Region | null;
  readonly attempts: number;
  readonly executor: string | null;
  readonly failedAt: Date;
  readonly redrivable: boolean;
}

/** Jobs that failed longer ago than this many seconds have lost their finished pieces. */
export interface Keeping {
  readonly keepFailedSeconds: number;
}

export interface NewRedrive extends Keeping {
  readonly id: string;
  readonly key: string;
  readonly actor: string;
  readonly filter: DeadFilter;
  /** Jobs per second. */
  readonly rate: number;
  /** Seconds before the first. */
  readonly undoSeconds: number;
}

/** Failed jobs that were taken off the list at one time. */
export interface DiscardRow {
  readonly discardedAt: Date;
  readonly actor: string;
  /** Those of them that are still known. */
  readonly jobs: number;
}

export interface RedriveRow {
  readonly id: string;
  readonly state: RedriveState;
  readonly actor: string;
  readonly filter: DeadFilter;
  readonly rate: number;
  readonly total: number;
  readonly redriven: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly createdAt: Date;
  readonly startsAt: Date;
  readonly finishedAt: Date | null;
}

/** What became of tasks of one executor in a stretch of time; `executor` is null for those nobody had. */
export interface ActivityRow {
  readonly executor: string | null;
  readonly started: number;
  readonly done: number;
  /** Of the tasks done, altogether. */
  readonly milliseconds: number;
  /** Pixels of results that were rendered. */
  readonly pixels: number;
  /** Attempts that failed, and those of them that failed their jobs. */
  readonly failed: number;
  readonly dead: number;
}

export interface Activity {
  /** By the database's clock; the next question goes on from here. */
  readonly until: Date;
  readonly rows: readonly ActivityRow[];
}

export interface WorkCounts {
  readonly queued: number;
  readonly running: number;
  readonly ready: number;
  readonly inFlight: number;
  readonly oldestReadySeconds: number;
  readonly openRedrives: number;
  readonly lastDoneAt: Date | null;
}

/** A delivery with the name of the host that it goes to; addresses may hold tokens. */
export interface OpsDeliveryRow extends DeliveryRow {
  readonly host: string;
}

export interface TaskNote {
  readonly id: string;
  readonly job: string;
  readonly image: string;
  readonly kind: string;
  readonly region: Region | null;
  readonly state: TaskState;
  readonly executor: string | null;
  /** When its state was set. */
  readonly since: Date;
}

interface Usage {
  readonly objects: number;
  readonly bytes: number;
}

/** What operators see and do. As in `JobStore` every method is one transaction, by the database's clock. */
export interface OpsStore {
  /** Failed jobs by cause, those that failed last first; without those that were discarded. */
  deadGroups(keeping: Keeping): Promise<readonly DeadGroupRow[]>;
  /** Failed jobs of a group, newest first; `before` is the `next` of an earlier page. */
  deadJobs(
    query: Keeping & { readonly group: string; readonly limit: number; readonly before?: string | undefined },
  ): Promise<{ readonly jobs: readonly DeadJobRow[]; readonly next: string | null }>;
  countDead(filter: DeadFilter, keeping: Keeping): Promise<{ readonly matching: number; readonly redrivable: number }>;
  /**
   * Takes failed jobs off the list; they stay failed. Gives their number.
   *
   * @throws AppError CONFLICT if they are more than `atMost`; then none is.
   */
  discardDead(filter: DeadFilter, atMost: number, actor: string): Promise<number>;
  /** Newest first. */
  listDiscards(limit: number): Promise<readonly DiscardRow[]>;
  /** Forgets discards that are so old and whose jobs are gone; gives the number of these jobs. */
  pruneDiscards(seconds: number): Promise<number>;

  /** What webhooks of all visitors are told, newest first. */
  listAllDeliveries(query: {
    readonly limit: number;
    readonly state?: DeliveryState | undefined;
  }): Promise<readonly OpsDeliveryRow[]>;
  countDeliveries(): Promise<Readonly<Record<DeliveryState, number>>>;

  /**
   * Notes which jobs a redrive is to bring back. `created` is false where the key was known: that redrive is given.
   *
   * @throws AppError CONFLICT if nothing can be brought back, or if the key was used for something else.
   */
  createRedrive(redrive: NewRedrive): Promise<{ readonly redrive: RedriveRow; readonly created: boolean }>;
  getRedrive(id: string): Promise<RedriveRow | undefined>;
  /** Newest first. */
  listRedrives(limit: number): Promise<readonly RedriveRow[]>;
  /** Brings no further job back; tells whether the redrive was open. */
  cancelRedrive(id: string): Promise<boolean>;
  /**
   * Brings one job back that is due, of whichever redrive; several masters may call it at once and no rate is exceeded.
   * `due` tells whether there was one.
   */
  stepRedrives(keeping: Keeping): Promise<{ readonly due: boolean; readonly redriven: boolean }>;
  /** Notes how jobs ended that were brought back, and which redrives are over by that; gives the number of these. */
  settleRedrives(): Promise<number>;
  /** Forgets redrives that were over so long ago; gives their number. */
  pruneRedrives(seconds: number): Promise<number>;

  /** What was done since a moment, up to a second ago; without a moment only the present one is given. */
  readActivity(since: Date | undefined): Promise<Activity>;
  countWork(): Promise<WorkCounts>;
  /** Those of these tasks that are known. */
  describeTasks(tasks: readonly string[]): Promise<readonly TaskNote[]>;
  storageUse(): Promise<{ readonly uploads: Usage; readonly results: Usage; readonly removals: number }>;
}
