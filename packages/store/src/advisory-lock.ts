import type { Queryable } from './database.ts';

/** First key of all advisory locks of Tessera, so that other users of the database cluster are not met by chance. */
const NAMESPACE = 0x7e55;

const LOCKS = { migrate: 1, claim: 2, numberChanges: 3 } as const;

/** Waits for the lock and holds it until the transaction ends; a statement after it sees all that was committed before. */
export async function takeAdvisoryLock(transaction: Queryable, lock: keyof typeof LOCKS): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1::integer, $2::integer)', [NAMESPACE, LOCKS[lock]]);
}
