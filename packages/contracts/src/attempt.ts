import * as z from 'zod';
import { errorCodeSchema } from './error-code-schema.ts';

/**
 * `returned`: the executor gave the task back, or had no room for it, without using an attempt up; `lost`: its executor went away, and somebody
 * else got the task; `cancelled`: the job ended meanwhile.
 */
export const attemptOutcomeSchema = z.enum(['done', 'failed', 'returned', 'lost', 'cancelled']);
export type AttemptOutcome = z.infer<typeof attemptOutcomeSchema>;

/** One delivery of a task. Times are in milliseconds since the job was submitted. */
export const attemptSchema = z.object({
  stage: z.int().min(0),
  index: z.int().min(0),
  /** 1, 2, … for each task. */
  attempt: z.int().min(1),
  executor: z.string().nullable(),
  began: z.number(),
  /** `null` while it is under way. */
  ended: z.number().nullable(),
  outcome: attemptOutcomeSchema.nullable(),
  code: errorCodeSchema.optional(),
});
export type AttemptDto = Readonly<z.infer<typeof attemptSchema>>;

/** `GET /jobs/:job/attempts`, in the order in which they began. */
export const attemptListSchema = z.object({ attempts: z.array(attemptSchema) });
