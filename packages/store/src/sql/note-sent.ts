import type { Queryable } from '../database.ts';

export async function noteSent(
  database: Queryable,
  tasks: readonly { readonly task: string; readonly inbox: string }[],
): Promise<void> {
  await database.query(
    `update tasks set sent_to = sent.inbox
    from unnest($1::text[], $2::text[]) as sent (task, inbox)
    where tasks.id = sent.task and tasks.state = 'publishing'`,
    [tasks.map(({ task }) => task), tasks.map(({ inbox }) => inbox)],
  );
}
