import type { Metrics } from '@tessera/runtime';
import { jobStateSchema, taskStateSchema } from '@tessera/contracts';
import type { JobStore } from '@tessera/store';

/** Figures of jobs and tasks by state, counted in the database when they are collected. */
export function stateMetrics(metrics: Metrics, store: JobStore): void {
  const jobs = metrics.gauge('tessera_jobs', 'Jobs by state.', ['state']);
  const tasks = metrics.gauge('tessera_tasks', 'Tasks by state.', ['state']);
  Object.assign(jobs, {
    collect: async () => {
      // Without a database there is no figure, which is not the same as none.
      const counts = await store.countStates().catch(() => undefined);
      jobs.reset();
      tasks.reset();
      if (counts === undefined) return;
      for (const state of jobStateSchema.options) jobs.set({ state }, counts.jobs[state] ?? 0);
      for (const state of taskStateSchema.options) tasks.set({ state }, counts.tasks[state] ?? 0);
    },
  });
}
