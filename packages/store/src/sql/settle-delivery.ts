import type { Queryable } from '../database.ts';
import type { DeliveryOutcome } from '../webhook-store.ts';

/** Notes how a try went, unless another was begun since. Tells whether it did. */
export async function settleDelivery(database: Queryable, outcome: DeliveryOutcome): Promise<boolean> {
  const { id, attempt, status, error, next } = outcome;
  const rows = await database.query(
    `update deliveries set state = $3, status = $4::integer, error = $5,
      due_at = now() + interval '1 second' * $6::double precision
    where id = $1 and attempts = $2::integer and state = 'waiting'
    returning id`,
    [id, attempt, typeof next === 'number' ? 'waiting' : next, status, error, typeof next === 'number' ? next : 0],
  );
  return rows.length > 0;
}
