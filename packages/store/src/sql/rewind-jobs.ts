import type { Database } from '../database.ts';
import { integer } from '../row.ts';

/**
 * Puts every job without a result back to the beginning of its first stage: open jobs wait again, failed ones stay
 * failed, with all to be done when they are redriven. Gives the number of jobs.
 */
export async function rewindJobs(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      `delete from tasks using jobs where jobs.id = tasks.job and jobs.state in ('queued', 'running', 'failed')`,
    );
    await transaction.query(
      `delete from attempts using jobs where jobs.id = attempts.job and jobs.state in ('queued', 'running', 'failed')`,
    );
    const rows = await transaction.query(
      `with job as (
        update jobs set stage = 0, remaining = stage_tasks[1], passed_over = '{}', started_at = null,
          state = case state when 'failed' then 'failed' else 'queued' end
        where state in ('queued', 'running', 'failed')
        returning id, state, stage_tasks
      ), task as (
        insert into tasks (id, job, stage, index, state)
        select job.id || '.0.' || n, job.id, 0, n,
          -- As where the first task failed and took the others with it.
          case when job.state = 'queued' then 'ready' when n = 0 then 'failed' else 'cancelled' end
        from job, generate_series(0, job.stage_tasks[1] - 1) n
      ), noted as (
        insert into changes (job, kind) select id, 'job' from job
      )
      select count(*)::integer as n from job`,
    );
    return rows.map((row) => integer(row, 'n'))[0] ?? 0;
  });
}
