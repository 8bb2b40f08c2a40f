import { AppError } from '@tessera/runtime';
import type { EventOutcome, JobRow, JobStore, NewJob } from '@tessera/store';
import { publicRef, submitSpan, uploadSpan } from '../trace-ids.ts';
import type { Tracing } from '../tracing.ts';
import type { Watch } from './watch-calls.ts';
import { withOwn } from './with-own.ts';

/** Seconds from submission to end. */
const JOB_SECONDS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3600];

/**
 * A job store that tells of images and jobs as a whole: counts them, times them, and makes the span `submit job` when
 * one is inserted and `job` when it has ended.
 */
export function storeOfJobs(store: JobStore, { metrics, tracing }: Watch): JobStore {
  const images = metrics.counter('tessera_images_total', 'Images that were accepted.', ['format']);
  const bytes = metrics.counter('tessera_images_bytes_total', 'Bytes of the images that were accepted.');
  const submitted = metrics.counter('tessera_jobs_submitted_total', 'Jobs that were accepted.', ['reused']);
  const seconds = metrics.histogram('tessera_job_seconds', 'Time from submission to end.', JOB_SECONDS, ['state']);

  const ended = async (id: string): Promise<void> => {
    const row = await store.getJob(id);
    if (row === undefined) return;
    const { state, createdAt, finishedAt } = row;
    seconds.observe({ state }, ((finishedAt ?? new Date()).getTime() - createdAt.getTime()) / 1000);
    if (tracing.on) endOfJob(row, tracing);
  };
  /** Nobody waits for this, and without it a figure and a bar are missing, no more. */
  const tell = (id: string): void => void ended(id).catch(() => undefined);
  const tellOutcome = ({ applied, ended: end }: EventOutcome): void => {
    tracing.current?.set({ 'tessera.event.applied': applied, ...(end && { 'tessera.job.state': end.state }) });
    if (end !== null) tell(end.job);
  };
  const own: Partial<JobStore> = {
    async insertImage(image) {
      await store.insertImage(image);
      images.inc({ format: image.format });
      bytes.inc(image.bytes);
    },
    async insertJobs(jobs, webhook) {
      const insert = (): ReturnType<JobStore['insertJobs']> => store.insertJobs(jobs, webhook);
      const rows = await (tracing.on ? submit(jobs, insert, tracing) : insert());
      for (const { reused } of rows) submitted.inc({ reused: String(reused) });
      return rows;
    },
    async applyEvent(event, policy) {
      const outcome = await store.applyEvent(event, policy);
      tellOutcome(outcome);
      return outcome;
    },
    async failDead(task, attempts) {
      const outcome = await store.failDead(task, attempts);
      tellOutcome(outcome);
      return outcome;
    },
    async cancelJob(id) {
      const cancelled = await store.cancelJob(id);
      if (cancelled) tell(id);
      return cancelled;
    },
  };
  return withOwn(store, own);
}

async function submit(
  jobs: readonly NewJob[],
  insert: () => Promise<readonly JobRow[]>,
  tracing: Tracing,
): Promise<readonly JobRow[]> {
  const spans = jobs.map(({ id, image, plan }) =>
    tracing.begin('submit job', {
      identity: submitSpan(image.id, id),
      parent: uploadSpan(image.id),
      cause: tracing.current,
      attributes: {
        'tessera.job': publicRef(id),
        'tessera.job.stages': plan.stages.length,
        'tessera.job.regions': plan.stages[0]?.tasks ?? 0,
        'tessera.image.width': plan.picture.width,
        'tessera.image.height': plan.picture.height,
      },
    }),
  );
  try {
    const [first] = spans;
    const rows = await (first === undefined ? insert() : tracing.within(first, insert));
    for (const [place, row] of rows.entries()) spans[place]?.set({ 'tessera.job.reused': row.reused });
    return rows;
  } catch (error) {
    for (const span of spans) span.fail(AppError.from(error).code);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

function endOfJob(row: JobRow, tracing: Tracing): void {
  const span = tracing.begin('job', {
    parent: submitSpan(row.image.id, row.id),
    start: row.createdAt,
    attributes: {
      'tessera.job': publicRef(row.id),
      'tessera.job.state': row.state,
      'tessera.job.tasks': row.tasksTotal,
    },
  });
  if (row.error !== null) span.fail(row.error.code);
  span.end(row.finishedAt ?? undefined);
}
