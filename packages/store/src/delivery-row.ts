import { deliveryStateSchema, errorCodeSchema } from '@tessera/contracts';
import type { Row } from './database.ts';
import { date, integer, nullable, parsed, text } from './row.ts';
import type { DeliveryRow } from './webhook-store.ts';

export const SELECT_DELIVERIES = `select d.id, d.job, w.batch, d.at, d.state, d.attempts - d.attempts_base as attempts,
    d.tried_at, case when d.state = 'waiting' then d.due_at end as due_at, d.status, d.error
  from deliveries d join webhooks w on w.id = d.webhook`;

export function parseDelivery(row: Row): DeliveryRow {
  return {
    id: text(row, 'id'),
    job: nullable(text, row, 'job'),
    batch: nullable(text, row, 'batch'),
    at: date(row, 'at'),
    state: parsed(deliveryStateSchema, row, 'state'),
    attempts: integer(row, 'attempts'),
    triedAt: nullable(date, row, 'tried_at'),
    dueAt: nullable(date, row, 'due_at'),
    status: nullable(integer, row, 'status'),
    error: nullable((from, column) => parsed(errorCodeSchema, from, column), row, 'error'),
  };
}
