import type { DeliveryDto, deliveryListSchema, deliverySchema } from '@tessera/contracts';
import { request } from './request.ts';

/** What the webhook of a job is told, and how that went, oldest first; only the job's visitor may ask. */
export async function listDeliveries(job: string, signal: AbortSignal): Promise<readonly DeliveryDto[]> {
  return (await request<typeof deliveryListSchema>(`/jobs/${encodeURIComponent(job)}/deliveries`, { signal }))
    .deliveries;
}

/** Tells it again, with all retries. */
export async function replayDelivery(delivery: string): Promise<DeliveryDto> {
  return request<typeof deliverySchema>(`/deliveries/${encodeURIComponent(delivery)}/replay`, { method: 'POST' });
}
