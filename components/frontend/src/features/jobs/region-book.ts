import type { JobDto, TaskDto } from '@tessera/contracts';
import { changedTasks } from '../../api/changed-tasks.ts';
import { isRegional, regionCell, type RegionCell } from './region-cell.ts';

/** By region, whom another machine took it over from. */
export type TakenRegions = ReadonlyMap<number, string>;

const NOBODY: TakenRegions = new Map();

/**
 * Joins the tasks of all stages of one job into one cell per region, in raster order. It remembers what it joined last:
 * of ten thousand regions only those are joined again of which a task changed, and the others stay the same objects.
 */
export class RegionBook {
  #tasks: readonly TaskDto[] = [];
  #taken = NOBODY;
  #stages = 0;
  #cells: readonly RegionCell[] = [];
  /** Of each region its tasks in the order of their stages, and its place among the cells. */
  #rows: TaskDto[][] = [];
  #places: number[] = [];

  /** Regions of all stages are the same, so their index tells them. */
  cells(job: Pick<JobDto, 'stages'>, tasks: readonly TaskDto[], taken: TakenRegions = NOBODY): readonly RegionCell[] {
    const stages = job.stages.filter((stage) => isRegional(stage) && !stage.passedOver).length;
    const same = stages === this.#stages && taken === this.#taken;
    const changed = same ? changedTasks(this.#tasks, tasks) : undefined;
    this.#tasks = tasks;
    this.#stages = stages;
    this.#taken = taken;
    if (changed === undefined) this.#joinAll();
    else if (changed.length > 0) this.#join(changed);
    return this.#cells;
  }

  #joinAll(): void {
    this.#rows = [];
    for (const task of this.#tasks) {
      if (task.region && isRegional(task)) (this.#rows[task.index] ??= []).push(task);
    }
    this.#rows.forEach((row) => row.sort((a, b) => a.stage - b.stage));
    this.#places = [];
    const cells: RegionCell[] = [];
    // A list with gaps is closed up; regions of an index that nobody told of are not shown.
    this.#rows.forEach((_, index) => {
      const cell = this.#cell(index);
      if (!cell) return;
      this.#places[index] = cells.length;
      cells.push(cell);
    });
    this.#cells = cells;
  }

  #join(changed: readonly number[]): void {
    const regions = new Set<number>();
    for (const place of changed) {
      const task = this.#tasks[place];
      const row = task && this.#rows[task.index];
      const at = row?.findIndex(({ stage }) => stage === task?.stage) ?? -1;
      if (!task || !row || at === -1) continue;
      row[at] = task;
      regions.add(task.index);
    }
    if (regions.size === 0) return;
    const cells = [...this.#cells];
    for (const index of regions) {
      const [cell, place] = [this.#cell(index), this.#places[index]];
      if (cell && place !== undefined) cells[place] = cell;
    }
    this.#cells = cells;
  }

  #cell(index: number): RegionCell | undefined {
    return regionCell(this.#rows[index] ?? [], this.#stages, this.#taken.get(index) ?? null);
  }
}
