import { collectTogether, type Metrics } from '@tessera/runtime';
import { jobStateSchema, taskStateSchema } from '@tessera/contracts';
import type { JobStore } from '@tessera/store';

/** Figures of jobs and tasks by state, counted in the database when they are collected. */
export function stateMetrics(metrics: Metrics, store: JobStore): void {
  const jobs = metrics.gauge('tessera_jobs', 'Jobs by state.', ['state']);
  const tasks = metrics.gauge('tessera_tasks', 'Tasks by state.', ['state']);
  const age = metrics.gauge('tessera_oldest_ready_task_seconds', 'Age of the oldest task that may be published.');
  collectTogether([jobs, tasks, age], async () => {
    // Without a database there is no figure, which is not the same as none.
    const [counts, oldest] = await Promise.all([
      store.countStates().catch(() => undefined),
      store.oldestReadySeconds().catch(() => undefined),
    ]);
    jobs.reset();
    tasks.reset();
    age.remove();
    if (oldest !== undefined) age.set(oldest);
    if (counts === undefined) return;
    for (const state of jobStateSchema.options) jobs.set({ state }, counts.jobs[state] ?? 0);
    for (const state of taskStateSchema.options) tasks.set({ state }, counts.tasks[state] ?? 0);
  });
}
