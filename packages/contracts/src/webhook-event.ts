import * as z from 'zod';
import { jobErrorSchema, jobResultSchema, jobStateSchema } from './job.ts';
import { resultFactsSchema } from './message.ts';

/** How a job ended, as noted when it did. */
export const jobEndFactsSchema = z.object({
  batch: z.string().nullable(),
  state: jobStateSchema,
  result: resultFactsSchema.nullable(),
  error: jobErrorSchema.nullable(),
  reused: z.boolean(),
});
export type JobEndFacts = Readonly<z.infer<typeof jobEndFactsSchema>>;

/** What the jobs of a batch came to. */
export const batchEndFactsSchema = z.object({
  done: z.int().min(0),
  failed: z.int().min(0),
  cancelled: z.int().min(0),
});
export type BatchEndFacts = Readonly<z.infer<typeof batchEndFactsSchema>>;

/** The body of a request to a webhook: references, never pixels. Addresses are paths of the site. */
export const webhookEventSchema = z.discriminatedUnion('type', [
  z.object({
    id: z.string(),
    type: z.literal('job.ended'),
    at: z.iso.datetime(),
    job: z.object({
      id: z.string(),
      batch: z.string().nullable(),
      url: z.string(),
      state: jobStateSchema,
      result: jobResultSchema.omit({ format: true }).extend({ contentType: z.string() }).optional(),
      error: jobErrorSchema.pick({ code: true, message: true }).optional(),
    }),
  }),
  z.object({
    id: z.string(),
    type: z.literal('batch.ended'),
    at: z.iso.datetime(),
    batch: batchEndFactsSchema.extend({ id: z.string(), url: z.string() }),
  }),
]);
export type WebhookEvent = Readonly<z.infer<typeof webhookEventSchema>>;
