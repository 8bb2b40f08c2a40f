import { AppError } from '@tessera/runtime';
import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { NewRedrive, RedriveRow } from '../ops-store.ts';
import { integer } from '../row.ts';
import { CHOSEN, filterParameters } from './dead-jobs.ts';
import { findRedriveByKey, getRedrive } from './redrive-row.ts';

/**
 * Notes a redrive with its jobs, oldest first. Under a lock, so that two of these never take the same job, and so that
 * the second of two with one key sees the first.
 */
export async function createRedrive(
  database: Database,
  wish: NewRedrive,
): Promise<{ redrive: RedriveRow; created: boolean }> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'redrive');
    const known = await findRedriveByKey(transaction, wish.key);
    if (known !== undefined) {
      if (JSON.stringify(sorted(known.filter)) === JSON.stringify(sorted(wish.filter))) {
        return { redrive: known, created: false };
      }
      throw new AppError('CONFLICT', { message: 'This key was used for another redrive.' });
    }
    const rows = await transaction.query(
      `with ${CHOSEN}, newest as (
        select job, seq from chosen where redrivable order by finished_at desc, seq desc limit $4::integer
      ), counted as (
        select count(*)::integer as total from newest
      ), redrive as (
        insert into redrives (id, key, actor, filter, rate, total, starts_at, next_at)
        select $5, $6, $7, $8::jsonb, $9::double precision, total,
          now() + interval '1 second' * $10::double precision, now() + interval '1 second' * $10::double precision
        from counted
        returning id
      ), listed as (
        insert into redrive_jobs (redrive, place, job)
        select redrive.id, row_number() over (order by newest.seq), newest.job from redrive cross join newest
      )
      select total from counted`,
      [
        ...filterParameters(wish.filter, wish),
        wish.filter.limit ?? null,
        wish.id,
        wish.key,
        wish.actor,
        JSON.stringify(wish.filter),
        wish.rate,
        wish.undoSeconds,
      ],
    );
    if (rows.every((row) => integer(row, 'total') === 0)) {
      throw new AppError('CONFLICT', { message: 'None of these jobs can be redriven now.' });
    }
    const redrive = await getRedrive(transaction, wish.id);
    if (redrive === undefined) throw new AppError('INTERNAL');
    return { redrive, created: true };
  });
}

/** The same for equal filters, in whatever order their keys came. */
function sorted(filter: object): unknown {
  return Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
}
