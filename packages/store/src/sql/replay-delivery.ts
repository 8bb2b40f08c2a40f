import type { Database } from '../database.ts';
import { SELECT_DELIVERIES, parseDelivery } from '../delivery-row.ts';
import type { DeliveryRow } from '../webhook-store.ts';

/** Makes a delivery of this visitor due now, with all its retries; undefined if there is none. */
export async function replayDelivery(
  database: Database,
  { id, visitor }: { readonly id: string; readonly visitor: string },
): Promise<DeliveryRow | undefined> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      `update deliveries set state = 'waiting', due_at = now(), attempts_base = attempts
      where id = $1 and visitor = $2`,
      [id, visitor],
    );
    const rows = await transaction.query(`${SELECT_DELIVERIES} where d.id = $1 and d.visitor = $2`, [id, visitor]);
    return rows.map(parseDelivery)[0];
  });
}
