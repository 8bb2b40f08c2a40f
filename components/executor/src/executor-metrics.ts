import type { Metrics } from '@tessera/runtime';

const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

/** The figures an executor keeps. */
export function executorMetrics(metrics: Metrics) {
  return {
    tasks: metrics.counter('tessera_executor_tasks_total', 'Tasks by stage kind and outcome.', ['kind', 'outcome']),
    seconds: metrics.histogram('tessera_executor_task_seconds', 'Time from delivery to outcome.', SECONDS, ['kind']),
    busy: metrics.gauge('tessera_executor_slots_busy', 'Tasks under way.'),
    quota: metrics.gauge('tessera_executor_scratch_quota_bytes', 'Bytes that decoded images may take on disk.'),
    scratch: metrics.gauge('tessera_executor_scratch_bytes', 'Bytes of decoded images on disk.'),
  };
}

export type ExecutorMetrics = ReturnType<typeof executorMetrics>;
