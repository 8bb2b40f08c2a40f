import type { DeliveryDto } from '@tessera/contracts';
import type { DeliveryRow } from '@tessera/store';

/** A delivery as its visitor sees it. */
export function deliveryDto({ id, job, at, state, attempts, triedAt, dueAt, status, error }: DeliveryRow): DeliveryDto {
  return {
    id,
    type: job === null ? 'batch.ended' : 'job.ended',
    state,
    attempts,
    at: at.toISOString(),
    triedAt: triedAt?.toISOString() ?? null,
    nextAt: dueAt?.toISOString() ?? null,
    status,
    error,
  };
}
