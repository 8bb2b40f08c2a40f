import type { DeliveryState } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { parseDelivery } from '../delivery-row.ts';
import type { OpsDeliveryRow } from '../ops-store.ts';
import { integer, text } from '../row.ts';

/** What webhooks of all visitors are told, newest first, all or those of a state. */
export async function listAllDeliveries(
  database: Queryable,
  { limit, state }: { readonly limit: number; readonly state?: DeliveryState | undefined },
): Promise<readonly OpsDeliveryRow[]> {
  const rows = await database.query(
    `select d.id, d.job, w.batch, d.at, d.state, d.attempts - d.attempts_base as attempts, d.tried_at,
      case when d.state = 'waiting' then d.due_at end as due_at, d.status, d.error, w.url
    from deliveries d join webhooks w on w.id = d.webhook
    where $1::text is null or d.state = $1
    order by d.seq desc
    limit $2::integer`,
    [state ?? null, limit],
  );
  // The rest of the address may hold a token.
  return rows.map((row) => ({ ...parseDelivery(row), host: new URL(text(row, 'url')).host }));
}

/** How many deliveries are in each state. */
export async function countDeliveries(database: Queryable): Promise<Readonly<Record<DeliveryState, number>>> {
  const rows = await database.query(`select state, count(*)::integer as n from deliveries group by state`);
  const counts = { waiting: 0, delivered: 0, failed: 0 };
  for (const row of rows) counts[text(row, 'state') as DeliveryState] = integer(row, 'n');
  return counts;
}
