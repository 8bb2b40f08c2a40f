import type { ResultFacts, TaskMessage } from '@tessera/contracts';

/** Who does the work of tasks: this process itself, or workers that it asks over HTTP. */
export interface TaskWork {
  /** Bytes that decoded images take on disk. */
  readonly bytes: number;
  start(): Promise<void>;
  /**
   * Runs one task to its end.
   *
   * @returns the facts of the finished file if the task made it.
   * @throws AppError why the task is not done; SURROUNDINGS of task-outcome.ts use up no attempt.
   */
  run(message: TaskMessage, signal: AbortSignal): Promise<ResultFacts | undefined>;
  close(): Promise<void>;
}
