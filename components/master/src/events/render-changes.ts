import type { TaskChange } from '@tessera/contracts';
import type { ChangeRow, JobRow } from '@tessera/store';
import { jobDto, type JobView } from '../jobs/job-dto.ts';
import { taskDto } from '../jobs/task-dto.ts';
import { eventText, type EventText } from './event-stream.ts';

/** The message that tells the present state of a job. */
export function jobEvent(row: JobRow, seq: number, view: JobView): EventText {
  return eventText(seq, 'job', jobDto(row, view));
}

/** The same without a number, for a state that is another though nothing changed. */
export function jobText(row: JobRow, view: JobView): string {
  return eventText(0, 'job', jobDto(row, view), false).text;
}

/**
 * Makes messages of one job's changes: each task as it changed, last the job as it is now, for its progress changes
 * with its tasks.
 *
 * @param changes of this job, oldest first, at least one.
 */
export function renderChanges(changes: readonly ChangeRow[], row: JobRow, view: JobView): readonly EventText[] {
  const last = changes.at(-1)?.seq ?? 0;
  const tasks = changes.flatMap(({ seq, job, task }) =>
    task === null ? [] : [eventText(seq, 'task', { ...taskDto(task, row.plan), job } satisfies TaskChange, seq < last)],
  );
  return [...tasks, jobEvent(row, last, view)];
}
