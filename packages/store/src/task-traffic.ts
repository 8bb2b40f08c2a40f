import type { JobState } from '@tessera/contracts';

export interface ClaimLimits {
  /** Tasks claimed by this call. */
  readonly limit: number;
  /** Tasks of one job that may be publishing, published or running. */
  readonly perJob: number;
  /** Tasks of all jobs that may be publishing, published or running. */
  readonly inFlight: number;
  /**
   * Attempts that a task may use up. Messages number attempts so that no number comes twice: returns skip one, a redrive
   * starts at a higher one. Their `maxAttempts` is the number of the last allowed attempt by the same count.
   */
  readonly maxAttempts: number;
  /** Of jobs with the strategy `random` only those whose plan promises pixels of one of these versions; default: all. */
  readonly random?: readonly string[] | undefined;
}

/** What executors report of inboxes and of the tasks that they hold. */
export interface HeldTasks {
  /** Inboxes that something may still be taken from. */
  readonly inboxes: readonly string[];
  /** Tasks that a living executor says it has. */
  readonly held: readonly string[];
  /** Seconds for which a task may be published, or run, without being reported: heartbeats take their time. */
  readonly publishedSeconds: number;
  /** Null: running tasks are left alone. */
  readonly runningSeconds: number | null;
}

/** What a task event did. `job` is set when the job came to a final state by it. */
export interface EventOutcome {
  /** False for duplicates and for events of tasks that are final or unknown. */
  readonly applied: boolean;
  readonly ended: { readonly job: string; readonly state: JobState } | null;
}

export interface AttemptPolicy {
  readonly maxAttempts: number;
  /** Delay before attempt `n + 1` in milliseconds, by the number of attempts used. */
  readonly backoffMilliseconds: (attempts: number) => number;
  /** Least delay in milliseconds before a task is offered again, by how often in a row it was turned away. */
  readonly turnedAwayMilliseconds?: ((times: number) => number) | undefined;
}
