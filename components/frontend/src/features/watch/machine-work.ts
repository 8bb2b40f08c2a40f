import type { TaskDto } from '@tessera/contracts';
import { isRegional } from '../jobs/region-cells.ts';

/** What one machine does for a job at some time. */
export interface MachineWork {
  readonly executor: string;
  /** Regions that it finished a stage of. */
  readonly regions: number;
  /** Tasks that it works on. */
  readonly running: readonly TaskDto[];
}

/** Who has worked on a job, and on what everybody works now; in the order of their names. */
export function machineWork(tasks: readonly TaskDto[]): readonly MachineWork[] {
  const byName = new Map<string, { regions: number; running: TaskDto[] }>();
  for (const task of tasks) {
    if (task.executor === null) continue;
    let own = byName.get(task.executor);
    if (!own) byName.set(task.executor, (own = { regions: 0, running: [] }));
    if (task.state === 'running') own.running.push(task);
    else if (task.state === 'done' && isRegional(task)) own.regions += 1;
  }
  return [...byName]
    .map(([executor, own]) => ({ executor, ...own }))
    .sort((a, b) => (a.executor < b.executor ? -1 : 1));
}
