import { imageRefSchema, planSchema, type ImageRef, type Plan } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { parsed, text } from '../row.ts';

/** What the messages of all tasks of a job say alike. */
export interface Order {
  readonly plan: Plan;
  readonly image: ImageRef;
}

export async function getOrders(database: Queryable, jobs: readonly string[]): Promise<ReadonlyMap<string, Order>> {
  const rows = await database.query(
    `select j.id, j.plan,
      jsonb_build_object('id', i.id, 'key', i.key, 'bytes', i.bytes, 'sha256', i.sha256, 'format', i.format) as image
    from jobs j join images i on i.id = j.image
    where j.id = any($1::text[])`,
    [jobs],
  );
  return new Map(
    rows.map((row) => [
      text(row, 'id'),
      { plan: parsed(planSchema, row, 'plan'), image: parsed(imageRefSchema, row, 'image') },
    ]),
  );
}
