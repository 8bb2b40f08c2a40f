import { taskStateSchema } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import type { TaskNote } from '../ops-store.ts';
import { date, integer, nullable, parsed, text } from '../row.ts';
import { taskRegion } from '../task-region.ts';
import { getOrders } from './get-orders.ts';

export async function describeTasks(database: Queryable, tasks: readonly string[]): Promise<readonly TaskNote[]> {
  if (tasks.length === 0) return [];
  const rows = await database.query(
    `select t.id, t.job, t.stage, t.index, t.state, t.executor, t.state_at, i.name
    from tasks t join jobs j on j.id = t.job join images i on i.id = j.image
    where t.id = any($1::text[])`,
    [tasks],
  );
  const orders = await getOrders(database, [...new Set(rows.map((row) => text(row, 'job')))]);
  return rows.map((row) => {
    const job = text(row, 'job');
    const [stage, index] = [integer(row, 'stage'), integer(row, 'index')];
    const plan = orders.get(job)?.plan;
    return {
      id: text(row, 'id'),
      job,
      image: text(row, 'name'),
      kind: plan?.stages[stage]?.kind ?? 'unknown',
      region: (plan && taskRegion(plan, stage, index)) ?? null,
      state: parsed(taskStateSchema, row, 'state'),
      executor: nullable(text, row, 'executor'),
      since: date(row, 'state_at'),
    };
  });
}
