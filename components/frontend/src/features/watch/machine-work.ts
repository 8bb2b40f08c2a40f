import type { TaskDto } from '@tessera/contracts';
import { isRegional } from '../jobs/region-cells.ts';

/** What one machine does for a job at some time. */
export interface MachineWork {
  readonly executor: string;
  /** Regions that it finished a stage of, each once. */
  readonly regions: number;
  /** Tasks that it works on. */
  readonly running: readonly TaskDto[];
}

/** Who has worked on a job, and on what everybody works now; in the order of their names. */
export function machineWork(tasks: readonly TaskDto[]): readonly MachineWork[] {
  const byName = new Map<string, { regions: Set<number>; running: TaskDto[] }>();
  for (const task of tasks) {
    if (task.executor === null) continue;
    let own = byName.get(task.executor);
    if (!own) byName.set(task.executor, (own = { regions: new Set(), running: [] }));
    if (task.state === 'running') own.running.push(task);
    else if (task.state === 'done' && isRegional(task)) own.regions.add(task.index);
  }
  return [...byName]
    .map(([executor, { regions, running }]) => ({ executor, regions: regions.size, running }))
    .sort((a, b) => (a.executor < b.executor ? -1 : 1));
}
