import { AppError } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { deliveryDto } from '../webhooks/delivery-dto.ts';
import type { HandlersOf } from './parts.ts';

export function webhookHandlers(
  store: Pick<JobStore, 'getJob' | 'listDeliveries' | 'replayDelivery' | 'listAllDeliveries' | 'countDeliveries'>,
  now: () => Date,
): HandlersOf<'listDeliveries' | 'replayDelivery' | 'listOpsDeliveries'> {
  return {
    async listDeliveries({ params, visitor }) {
      const job = await store.getJob(params.job);
      if (job?.visitor !== visitor()) throw new AppError('NOT_FOUND');
      return { deliveries: (await store.listDeliveries(job.id)).map(deliveryDto) };
    },

    async replayDelivery({ params, visitor }) {
      const delivery = await store.replayDelivery({ id: params.delivery, visitor: visitor() });
      if (delivery === undefined) throw new AppError('NOT_FOUND');
      return deliveryDto(delivery);
    },

    async listOpsDeliveries({ query }) {
      const [counts, rows] = await Promise.all([store.countDeliveries(), store.listAllDeliveries(query)]);
      const deliveries = rows.map((row) => ({ ...deliveryDto(row), job: row.job, batch: row.batch, host: row.host }));
      return { at: now().toISOString(), counts, deliveries };
    },
  };
}
