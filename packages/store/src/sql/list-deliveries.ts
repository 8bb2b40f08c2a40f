import type { Queryable } from '../database.ts';
import { SELECT_DELIVERIES, parseDelivery } from '../delivery-row.ts';
import type { DeliveryRow } from '../webhook-store.ts';

/** What there is to tell of a job and of its batch, oldest first. */
export async function listDeliveries(database: Queryable, job: string): Promise<readonly DeliveryRow[]> {
  const rows = await database.query(
    `${SELECT_DELIVERIES}
    where d.webhook = (select webhook from jobs where id = $1) and (d.job = $1 or d.job is null)
    order by d.seq`,
    [job],
  );
  return rows.map(parseDelivery);
}
