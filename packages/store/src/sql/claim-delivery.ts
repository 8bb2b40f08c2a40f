import { batchEndFactsSchema, jobEndFactsSchema } from '@tessera/contracts';
import type { Queryable, Row } from '../database.ts';
import { date, integer, nullable, parsed, text } from '../row.ts';
import type { ClaimedDelivery } from '../webhook-store.ts';

/**
 * Begins a try of the delivery that is due longest. Those that another master is about to take are passed over. What a
 * batch came to is noted with its first try, so that all tries tell the same.
 */
export async function claimDelivery(
  database: Queryable,
  { leaseSeconds, except }: { readonly leaseSeconds: number; readonly except: readonly string[] },
): Promise<ClaimedDelivery | undefined> {
  const rows = await database.query(
    `with due as materialized (
      select id from deliveries
      where state = 'waiting' and due_at <= now() and visitor <> all ($2::text[])
      order by due_at
      limit 1
      for update skip locked
    )
    update deliveries d set
      attempts = d.attempts + 1,
      due_at = now() + interval '1 second' * $1::double precision,
      tried_at = now(),
      facts = coalesce(d.facts, (
        select jsonb_build_object(
          'done', count(*) filter (where j.state = 'done'),
          'failed', count(*) filter (where j.state = 'failed'),
          'cancelled', count(*) filter (where j.state = 'cancelled'))
        from jobs j where j.webhook = d.webhook))
    from due, webhooks w
    where d.id = due.id and w.id = d.webhook
    returning d.id, d.visitor, d.job, w.batch, d.at, d.facts, w.url, w.secret, d.attempts,
      d.attempts - d.attempts_base as nth`,
    [leaseSeconds, except],
  );
  return rows.map(parseClaim)[0];
}

function parseClaim(row: Row): ClaimedDelivery {
  const job = nullable(text, row, 'job');
  return {
    id: text(row, 'id'),
    visitor: text(row, 'visitor'),
    at: date(row, 'at'),
    about:
      job === null
        ? { batch: text(row, 'batch'), facts: parsed(batchEndFactsSchema, row, 'facts') }
        : { job, facts: parsed(jobEndFactsSchema, row, 'facts') },
    url: text(row, 'url'),
    secret: text(row, 'secret'),
    attempt: integer(row, 'attempts'),
    nth: integer(row, 'nth'),
  };
}
