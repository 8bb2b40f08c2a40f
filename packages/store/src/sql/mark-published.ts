import type { Queryable } from '../database.ts';

export async function markPublished(database: Queryable, tasks: readonly string[]): Promise<void> {
  await database.query(
    `update tasks set state = 'published', state_at = now()
    where id in (select id from tasks where id = any($1::text[]) and state = 'publishing' order by id for update)`,
    [tasks],
  );
}
