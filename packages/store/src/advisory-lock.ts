import type { Queryable } from './database.ts';
import { flag } from './row.ts';

/** First key of all advisory locks of Tessera, so that other users of the database cluster are not met by chance. */
const NAMESPACE = 0x7e55;

const LOCKS = {
  migrate: 1,
  claim: 2,
  numberChanges: 3,
  expire: 4,
  removals: 5,
  redrive: 6,
  numberCatalogue: 15,
} as const;

/** Waits for the lock and holds it until the transaction ends; a statement after it sees all that was committed before. */
export async function takeAdvisoryLock(transaction: Queryable, lock: keyof typeof LOCKS): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1::integer, $2::integer)', [NAMESPACE, LOCKS[lock]]);
}

/** Takes the lock together with others who share it, until the transaction ends; false if somebody has it alone. */
export async function tryAdvisoryLockShared(transaction: Queryable, lock: keyof typeof LOCKS): Promise<boolean> {
  const rows = await transaction.query('select pg_try_advisory_xact_lock_shared($1::integer, $2::integer) as taken', [
    NAMESPACE,
    LOCKS[lock],
  ]);
  return rows.some((row) => flag(row, 'taken'));
}

/** SQL that waits for the lock and holds it, alone, until the connection is closed. */
export function advisoryLockSql(lock: keyof typeof LOCKS): string {
  return `select pg_advisory_lock(${String(NAMESPACE)}, ${String(LOCKS[lock])})`;
}
