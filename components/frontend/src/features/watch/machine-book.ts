import type { TaskDto } from '@tessera/contracts';
import { changedTasks } from '../../api/changed-tasks.ts';
import { taskNumber } from '../../api/put-tasks.ts';
import { isRegional } from '../jobs/region-cell.ts';

/** What one machine does for a job at some time. */
export interface MachineWork {
  readonly executor: string;
  /** Regions that it finished a stage of, each once. */
  readonly regions: number;
  /** Tasks that it works on. */
  readonly running: readonly TaskDto[];
}

interface Machine {
  /** By region, how many stages it finished of it. */
  readonly regions: Map<number, number>;
  readonly running: Map<number, TaskDto>;
}

/** Who has worked on one job, and on what everybody works now. Of many tasks it counts only those that changed. */
export class MachineBook {
  #tasks: readonly TaskDto[] = [];
  #machines = new Map<string, Machine>();
  #work: readonly MachineWork[] = [];

  /** In the order of their names. */
  work(tasks: readonly TaskDto[]): readonly MachineWork[] {
    if (tasks === this.#tasks) return this.#work;
    const before = this.#tasks;
    const changed = changedTasks(before, tasks);
    this.#tasks = tasks;
    if (changed === undefined) {
      this.#machines = new Map();
      for (const task of tasks) this.#add(task);
    } else {
      for (const place of changed) {
        this.#remove(before[place]);
        this.#add(tasks[place]);
      }
    }
    this.#work = [...this.#machines]
      .filter(([, { regions, running }]) => regions.size + running.size > 0)
      .map(([executor, { regions, running }]) => ({ executor, regions: regions.size, running: [...running.values()] }))
      .sort((a, b) => (a.executor < b.executor ? -1 : 1));
    return this.#work;
  }

  #add(task: TaskDto | undefined): void {
    if (!task?.executor) return;
    let machine = this.#machines.get(task.executor);
    if (!machine) this.#machines.set(task.executor, (machine = { regions: new Map(), running: new Map() }));
    if (task.state === 'running') machine.running.set(taskNumber(task), task);
    else if (isDone(task)) machine.regions.set(task.index, (machine.regions.get(task.index) ?? 0) + 1);
  }

  #remove(task: TaskDto | undefined): void {
    const machine = task?.executor ? this.#machines.get(task.executor) : undefined;
    if (!task || !machine) return;
    if (task.state === 'running') machine.running.delete(taskNumber(task));
    else if (isDone(task)) {
      const left = (machine.regions.get(task.index) ?? 0) - 1;
      if (left > 0) machine.regions.set(task.index, left);
      else machine.regions.delete(task.index);
    }
  }
}

const isDone = (task: TaskDto): boolean => task.state === 'done' && isRegional(task);
