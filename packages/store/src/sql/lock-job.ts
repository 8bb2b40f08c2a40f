import { jobStateSchema, planSchema, type JobState, type Plan } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { parsed, text } from '../row.ts';

export interface LockedJob {
  readonly id: string;
  readonly state: JobState;
  readonly plan: Plan;
}

/** Whatever ends a task or a job holds the job's row first: all such changes of one job happen one after another. */
export async function lockJob(transaction: Queryable, id: string): Promise<LockedJob | undefined> {
  const rows = await transaction.query('select id, state, plan from jobs where id = $1 for no key update', [id]);
  return rows.map((row) => ({
    id: text(row, 'id'),
    state: parsed(jobStateSchema, row, 'state'),
    plan: parsed(planSchema, row, 'plan'),
  }))[0];
}
