import * as z from 'zod';

/**
 * What a file beside a result is: the picture of a raster, what its colours mean, to look at and to read, and which scenes
 * it was made of.
 */
export const companionRoleSchema = z.enum(['picture', 'legend', 'legend-data', 'manifest']);
export type CompanionRole = z.infer<typeof companionRoleSchema>;

/** A file that belongs to a result, as executors tell of it. */
export const companionFactsSchema = z.object({
  role: companionRoleSchema,
  key: z.string(),
  bytes: z.int().min(0),
  contentType: z.string(),
});
export type CompanionFacts = Readonly<z.infer<typeof companionFactsSchema>>;

/** The same as callers see it. */
export const companionSchema = companionFactsSchema.omit({ key: true }).extend({ url: z.string() });
export type Companion = Readonly<z.infer<typeof companionSchema>>;
