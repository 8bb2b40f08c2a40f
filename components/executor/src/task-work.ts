import type { TaskEvent, TaskMessage } from '@tessera/contracts';

/** What masters have to know of a task that is done: the finished file if the task made it, and what may be passed over. */
export type TaskYield = Pick<Extract<TaskEvent, { type: 'done' }>, 'result' | 'settled'>;

/** Who does the work of tasks: this process itself, or workers that it asks over HTTP. */
export interface TaskWork {
  /** Bytes that decoded images take on disk. */
  readonly bytes: number;
  start(): Promise<void>;
  /**
   * Runs one task to its end.
   *
   * @throws AppError why the task is not done; SURROUNDINGS of task-outcome.ts use up no attempt.
   */
  run(message: TaskMessage, signal: AbortSignal): Promise<TaskYield>;
  close(): Promise<void>;
}
