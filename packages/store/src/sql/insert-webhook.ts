import type { Queryable } from '../database.ts';
import { text } from '../row.ts';
import type { NewWebhook } from '../webhook-store.ts';

/** Notes a webhook, unless its batch has one with this address already; gives the id of the one that stands. */
export async function insertWebhook(transaction: Queryable, webhook: NewWebhook): Promise<string> {
  const { id, visitor, batch, url, secret, chosen } = webhook;
  const rows = await transaction.query(
    `insert into webhooks (id, visitor, batch, url, secret) values ($1, $2, $3, $4, $5)
    on conflict (batch, md5(url)) where batch is not null
    do update set secret = case when $6::boolean then excluded.secret else webhooks.secret end
    returning id`,
    [id, visitor, batch, url, secret, chosen],
  );
  return rows.map((row) => text(row, 'id'))[0] ?? id;
}
