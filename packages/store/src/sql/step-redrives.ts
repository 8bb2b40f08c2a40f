import type { Database } from '../database.ts';
import type { Keeping } from '../ops-store.ts';
import { integer, text } from '../row.ts';
import { bringBack } from './redrive-job.ts';

/** A redrive that fell behind, for its masters were away, catches up with so many seconds' worth of jobs at once. */
const CATCH_UP_SECONDS = 1;

/**
 * Brings one job back. The redrive's row is held until the commit and others who come meanwhile look for another
 * redrive, so each job is brought back once and the pace is kept however many masters step. Nothing is remembered
 * outside of the transaction: whoever comes after a crash goes on where it stopped.
 */
export async function stepRedrives(
  database: Database,
  { keepFailedSeconds }: Keeping,
): Promise<{ due: boolean; redriven: boolean }> {
  return database.transaction(async (transaction) => {
    const [redrive] = await transaction.query(
      `select id from redrives
      where state in ('waiting', 'running') and next_at <= now()
      order by next_at
      limit 1
      for update skip locked`,
    );
    if (redrive === undefined) return { due: false, redriven: false };
    const id = text(redrive, 'id');
    const [next] = await transaction.query(
      `select r.place, r.job,
        (exists (select from jobs where jobs.id = r.job and jobs.state = 'failed'
          and jobs.finished_at > now() - interval '1 second' * $2::double precision))::integer as kept
      from redrive_jobs r
      where r.redrive = $1 and r.state = 'waiting'
      order by r.place
      limit 1`,
      [id, keepFailedSeconds],
    );
    const redriven =
      next !== undefined && integer(next, 'kept') === 1 && (await bringBack(transaction, text(next, 'job'))) === true;
    if (next !== undefined) {
      await transaction.query('update redrive_jobs set state = $3 where redrive = $1 and place = $2::integer', [
        id,
        integer(next, 'place'),
        redriven ? 'redriven' : 'skipped',
      ]);
    }
    await transaction.query(
      `update redrives set state = 'running',
        next_at = case
          when not exists (select from redrive_jobs r where r.redrive = redrives.id and r.state = 'waiting') then null
          when $2::boolean then greatest(next_at, now() - interval '1 second' * $3::double precision) + interval '1 second' / rate
          else next_at
        end
      where id = $1`,
      [id, redriven, CATCH_UP_SECONDS],
    );
    return { due: true, redriven };
  });
}
