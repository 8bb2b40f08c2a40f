import type { Queryable } from '../database.ts';
import { text } from '../row.ts';
import type { NewWebhook } from '../webhook-store.ts';

export async function getWebhook(
  database: Queryable,
  job: string,
): Promise<Pick<NewWebhook, 'id' | 'url' | 'secret'> | undefined> {
  const rows = await database.query(
    'select w.id, w.url, w.secret from jobs j join webhooks w on w.id = j.webhook where j.id = $1',
    [job],
  );
  return rows.map((row) => ({ id: text(row, 'id'), url: text(row, 'url'), secret: text(row, 'secret') }))[0];
}
