import * as z from 'zod';

/** What `k-means` found out. */
export const kMeansReportSchema = z.object({
  op: z.literal('k-means'),
  rounds: z.int().min(0).describe('How often the colours were moved.'),
  settled: z.boolean().describe('Whether no colour moved any more in the last round.'),
  colours: z
    .array(
      z.object({
        colour: z.string().regex(/^#[\da-f]{6}$/),
        pixels: z.int().min(0).describe('Pixels that were nearest to it in the last round.'),
      }),
    )
    .describe('The colours that are left, those of most pixels first.'),
});
export type KMeansReport = Readonly<z.infer<typeof kMeansReportSchema>>;
