import type { AttemptDto, JobDto, TaskDto } from '@tessera/contracts';
import { taskNumber } from '../../api/put-tasks.ts';

/** The tasks of a job at any time since it was submitted, told from the attempts at them. */
export class TaskHistory {
  readonly #tasks: readonly TaskDto[];
  readonly #attempts: ReadonlyMap<number, readonly AttemptDto[]>;
  /** When each stage could begin: the end of the one before. */
  readonly #begins: readonly number[];
  readonly #failed: boolean;

  /** @param tasks of the stages begun so far, as they are now. */
  constructor(job: Pick<JobDto, 'state' | 'stages'>, tasks: readonly TaskDto[], attempts: readonly AttemptDto[]) {
    this.#tasks = tasks;
    this.#attempts = Map.groupBy(attempts, taskNumber);
    this.#failed = job.state === 'failed';
    const begins = [0];
    for (const [stage, { tasks: count, passedOver }] of job.stages.entries()) {
      if (passedOver) {
        begins.push(begins.at(-1) ?? 0);
        continue;
      }
      const done = attempts.filter((attempt) => attempt.stage === stage && attempt.outcome === 'done');
      begins.push(done.length < count ? Infinity : lastEnd(done));
    }
    this.#begins = begins;
  }

  /** The tasks as they were `time` milliseconds after the job was submitted. */
  at(time: number): readonly TaskDto[] {
    return this.#tasks
      .filter(({ stage }) => (this.#begins[stage] ?? 0) <= time)
      .map((task) => this.#taskAt(task, time));
  }

  #taskAt(task: TaskDto, time: number): TaskDto {
    const all = this.#attempts.get(taskNumber(task)) ?? [];
    const begun = all.filter(({ began }) => began <= time);
    const last = begun.at(-1);
    if (last === undefined) return { ...task, state: 'ready', executor: null, attempts: 0, milliseconds: null };
    const { executor, outcome, began, ended } = last;
    // What was given back does not count.
    const attempts = begun.filter((one) => one.outcome !== 'returned' || (one.ended ?? time) >= time).length;
    const shown = { ...task, executor, attempts, milliseconds: null };
    if (ended === null || ended > time) return { ...shown, state: 'running' };
    switch (outcome) {
      case 'done':
        return { ...shown, state: 'done', milliseconds: ended - began };
      case 'cancelled':
        return { ...shown, state: all.length > begun.length ? 'ready' : 'cancelled' };
      case 'failed':
        return { ...shown, state: this.#failed && all.length === begun.length ? 'failed' : 'ready' };
      default:
        return { ...shown, executor: null, state: 'ready' };
    }
  }
}

function lastEnd(attempts: readonly AttemptDto[]): number {
  return attempts.reduce((last, { ended }) => Math.max(last, ended ?? 0), 0);
}
