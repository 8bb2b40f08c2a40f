import * as z from 'zod';

/** What an operation found out besides pixels, as executors tell of it: JSON of the schema of its operation. */
export const reportFactsSchema = z.object({
  step: z.int().min(0).describe('Number of the step in the pipeline, from 0.'),
  op: z.string().describe('The operation of that step.'),
  key: z.string(),
  bytes: z.int().min(0),
  sha256: z.string().describe('Of the file, lower-case hex.'),
});
export type ReportFacts = Readonly<z.infer<typeof reportFactsSchema>>;

/** The same as callers see it. */
export const reportRefSchema = reportFactsSchema.omit({ key: true }).extend({ url: z.string() });
export type ReportRef = Readonly<z.infer<typeof reportRefSchema>>;
