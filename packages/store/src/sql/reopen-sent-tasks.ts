import type { Queryable } from '../database.ts';
import type { HeldTasks } from '../job-store.ts';
import { REOPEN_OLD } from './reopen-old.ts';

/** Makes tasks ready that were sent to inboxes which are gone and that nobody holds, by the database's clock. */
export async function reopenSentTasks(database: Queryable, known: HeldTasks): Promise<number> {
  const rows = await database.query(
    `with old as (
      select id, state, executor, attempt, state_at from tasks
      where state in ('published', 'running') and sent_to is not null
        and sent_to <> all($1::text[]) and id <> all($2::text[])
        and state_at <= now() - interval '1 second' *
          case state when 'published' then $3::double precision else $4::double precision end
      order by id
      for update
    ), ${REOPEN_OLD}`,
    [known.inboxes, known.held, known.publishedSeconds, known.runningSeconds],
  );
  return rows.length;
}
