import * as z from 'zod';
import { errorCodeSchema } from './error-code-schema.ts';

/** `webhook` of `POST /jobs`: an address that is told when its jobs, and their batch, have ended. */
export const webhookRequestSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .describe('A public address, of http or https.'),
  secret: z
    .string()
    .min(16)
    .max(128)
    .optional()
    .describe('Signs what is told; without one the site makes one and tells it in its answer.'),
});
export type WebhookRequest = Readonly<z.infer<typeof webhookRequestSchema>>;

/** In the answer to a request whose webhook had no secret of its own. */
export const webhookCreatedSchema = z.object({
  secret: z.string().describe('Key of the signatures. Joining the batch with the same address gives the same one.'),
});

export const deliveryStateSchema = z.enum(['waiting', 'delivered', 'failed']);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const deliveryTypeSchema = z.enum(['job.ended', 'batch.ended']);

/** One thing to tell a webhook, and how that went. The address is not told. */
export const deliverySchema = z.object({
  /** The same for all tries and replays: by it a receiver knows what it has seen. */
  id: z.string(),
  type: deliveryTypeSchema,
  /** `waiting` for its first or next try; `failed`: given up, a replay tries again. */
  state: deliveryStateSchema,
  /** Tries that were begun since it came to be, or since its last replay. */
  attempts: z.int().min(0),
  at: z.iso.datetime(),
  triedAt: z.iso.datetime().nullable(),
  /** The next try at the earliest. */
  nextAt: z.iso.datetime().nullable(),
  /** HTTP status of the last answer. */
  status: z.int().nullable(),
  /** Why the last try failed without an answer. */
  error: errorCodeSchema.nullable(),
});
export type DeliveryDto = Readonly<z.infer<typeof deliverySchema>>;

export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) });
