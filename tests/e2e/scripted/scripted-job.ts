import type { AttemptDto, JobDto, TaskChange } from '@tessera/contracts';

interface Shape {
  readonly id: string;
  readonly columns: number;
  readonly rows: number;
  /** Side of a region in pixels of the picture. */
  readonly side: number;
}

/** A job that no cluster works on: what its page is told of it is written by a test. */
export class ScriptedJob {
  readonly #tasks: TaskChange[];
  readonly #done = [0, 0];
  #dto: JobDto;
  attempts: readonly AttemptDto[] = [];

  /** @param like a job of the site, whose image and pipeline it has. */
  constructor(like: JobDto, { id, columns, rows, side }: Shape) {
    const tasks = columns * rows;
    const { result: _result, expiresAt: _expiresAt, ...others } = like;
    const now = new Date().toISOString();
    this.#dto = {
      ...others,
      ...{ id, batch: null, state: 'running', error: undefined },
      output: { ...like.output, width: columns * side, height: rows * side },
      progress: { done: 0, total: tasks + 1, share: 0, eta: null, etaSeconds: null, slots: 64 },
      stages: [
        { kind: 'render', tasks, done: 0 },
        { kind: 'assemble', tasks: 1, done: 0 },
      ],
      timings: { createdAt: now, startedAt: now, finishedAt: null },
    };
    this.#tasks = Array.from({ length: tasks }, (_, index) => ({
      ...{ job: id, stage: 0, index, kind: 'render', state: 'published', executor: null },
      region: { x: (index % columns) * side, y: Math.floor(index / columns) * side, width: side, height: side },
      ...{ attempts: 0, milliseconds: null },
    }));
  }

  get dto(): JobDto {
    return this.#dto;
  }

  get tasks(): readonly TaskChange[] {
    return this.#tasks;
  }

  /** Changes a task; gives what a page is told of it. */
  change(index: number, change: Partial<TaskChange>): TaskChange {
    const before = this.#tasks[index];
    if (!before) throw new RangeError(`There is no task ${String(index)}.`);
    const next = { ...before, ...change };
    this.#tasks[index] = next;
    if (next.state === 'done' && before.state !== 'done') this.#done[0] = (this.#done[0] ?? 0) + 1;
    return next;
  }

  /** Changes the job; its progress is that of its tasks unless told otherwise. */
  tell(change: Partial<Omit<JobDto, 'progress'>> & { readonly progress?: Partial<JobDto['progress']> } = {}): JobDto {
    const [done = 0] = this.#done;
    const { progress } = this.#dto;
    this.#dto = {
      ...this.#dto,
      ...change,
      progress: { ...progress, done, share: done / progress.total, ...change.progress },
      stages: this.#dto.stages.map((stage, n) => ({ ...stage, done: this.#done[n] ?? 0 })),
    };
    return this.#dto;
  }
}
