import { deadFilterSchema, redriveStateSchema } from '@tessera/contracts';
import type { Queryable, Row } from '../database.ts';
import type { RedriveRow } from '../ops-store.ts';
import { date, decimal, integer, nullable, parsed, text } from '../row.ts';

const counted = (states: string, name: string): string =>
  `(count(*) filter (where r.state in (${states})))::integer as ${name}`;

/** `select … from redrives d`, to be followed by conditions on `d`. */
const SELECT_REDRIVES = `
  select d.*, n.redriven, n.succeeded, n.failed, n.cancelled, n.skipped
  from redrives d
  cross join lateral (
    select ${counted(`'redriven', 'succeeded', 'failed', 'cancelled'`, 'redriven')},
      ${counted(`'succeeded'`, 'succeeded')}, ${counted(`'failed'`, 'failed')},
      ${counted(`'cancelled'`, 'cancelled')}, ${counted(`'skipped'`, 'skipped')}
    from redrive_jobs r where r.redrive = d.id
  ) n`;

function parseRedrive(row: Row): RedriveRow {
  return {
    id: text(row, 'id'),
    state: parsed(redriveStateSchema, row, 'state'),
    actor: text(row, 'actor'),
    filter: parsed(deadFilterSchema, row, 'filter'),
    rate: decimal(row, 'rate'),
    total: integer(row, 'total'),
    redriven: integer(row, 'redriven'),
    succeeded: integer(row, 'succeeded'),
    failed: integer(row, 'failed'),
    cancelled: integer(row, 'cancelled'),
    skipped: integer(row, 'skipped'),
    createdAt: date(row, 'created_at'),
    startsAt: date(row, 'starts_at'),
    finishedAt: nullable(date, row, 'finished_at'),
  };
}

export async function getRedrive(database: Queryable, id: string): Promise<RedriveRow | undefined> {
  return (await database.query(`${SELECT_REDRIVES} where d.id = $1`, [id])).map(parseRedrive)[0];
}

export async function findRedriveByKey(database: Queryable, key: string): Promise<RedriveRow | undefined> {
  return (await database.query(`${SELECT_REDRIVES} where d.key = $1`, [key])).map(parseRedrive)[0];
}

export async function listRedrives(database: Queryable, limit: number): Promise<readonly RedriveRow[]> {
  return (await database.query(`${SELECT_REDRIVES} order by d.seq desc limit $1::integer`, [limit])).map(parseRedrive);
}
