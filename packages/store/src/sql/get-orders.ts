import {
  imageRefSchema,
  planSchema,
  strategySchema,
  type ImageRef,
  type Plan,
  type Strategy,
} from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { parsed, text } from '../row.ts';

/** What the messages of all tasks of a job say alike. */
export interface Order {
  readonly plan: Plan;
  readonly image: ImageRef;
  /** Only said where it is another than `balanced`. */
  readonly strategy?: Strategy;
}

export async function getOrders(database: Queryable, jobs: readonly string[]): Promise<ReadonlyMap<string, Order>> {
  const rows = await database.query(
    `select j.id, j.plan, j.strategy,
      jsonb_build_object('id', i.id, 'key', i.key, 'bytes', i.bytes, 'sha256', i.sha256, 'format', i.format) as image
    from jobs j join images i on i.id = j.image
    where j.id = any($1::text[])`,
    [jobs],
  );
  return new Map(
    rows.map((row) => {
      const strategy = parsed(strategySchema, row, 'strategy');
      const order = { plan: parsed(planSchema, row, 'plan'), image: parsed(imageRefSchema, row, 'image') };
      return [text(row, 'id'), strategy === 'balanced' ? order : { ...order, strategy }];
    }),
  );
}
