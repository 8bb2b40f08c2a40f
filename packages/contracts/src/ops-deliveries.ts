import * as z from 'zod';
import { deliverySchema } from './webhook.ts';

const count = z.int().min(0);

/** What a webhook of some visitor is told. */
export const opsDeliverySchema = deliverySchema.extend({
  job: z.string().nullable(),
  batch: z.string().nullable(),
  /** Of the address; the rest of it may hold a token. */
  host: z.string(),
});
export type OpsDelivery = Readonly<z.infer<typeof opsDeliverySchema>>;

/** `GET /ops/deliveries`. */
export const opsDeliveriesSchema = z.object({
  at: z.iso.datetime(),
  counts: z.object({ waiting: count, delivered: count, failed: count }),
  deliveries: z.array(opsDeliverySchema),
});
export type OpsDeliveriesDto = Readonly<z.infer<typeof opsDeliveriesSchema>>;
