import type { Database } from '../database.ts';
import type { NewPlan } from '../job-store.ts';
import { publicText } from '../public-text.ts';
import { endJob } from './end-job.ts';
import { lockJob } from './lock-job.ts';
import { lockOpenTasks } from './lock-open-tasks.ts';
import { PLAN_MARK } from './plan-mark.ts';

/**
 * Puts an open job whose plan is of the version `from` at the beginning of another plan, with fresh tasks, or ends it with
 * an error. Tells whether it did.
 */
export async function planAnew(database: Database, id: string, from: string, anew: NewPlan): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const job = await lockJob(transaction, id);
    if (job === undefined || (job.state !== 'queued' && job.state !== 'running') || job.plan.kernel !== from) {
      return false;
    }
    await lockOpenTasks(transaction, id);
    if ('error' in anew) {
      const error = { ...anew.error, message: publicText(anew.error.message) };
      await endJob(transaction, id, { state: 'failed', error });
      return true;
    }
    await transaction.query('delete from tasks where job = $1', [id]);
    await transaction.query('delete from attempts where job = $1', [id]);
    const { plan, reuseKey } = anew;
    await transaction.query(
      `with given as (
        select array_agg((stage ->> 'tasks')::integer order by n) as tasks
        from jsonb_array_elements($2::jsonb -> 'stages') with ordinality as stages (stage, n)
      ), job as (
        update jobs set plan = $2::jsonb, kernel = $3, reuse_key = $4, state = 'queued',
          stage = 0, stage_tasks = given.tasks, remaining = given.tasks[1], passed_over = '{}', started_at = null
        from given
        where id = $1
        returning id, remaining, ${PLAN_MARK} as mark
      ), task as (
        insert into tasks (id, job, stage, index)
        select job.id || '.0.' || n || job.mark, job.id, 0, n from job, generate_series(0, job.remaining - 1) n
      )
      insert into changes (job, kind) select id, 'job' from job`,
      [id, JSON.stringify(plan), plan.kernel, reuseKey],
    );
    return true;
  });
}
