import * as z from 'zod';

/** Who gets a task: whoever is free first, or a living executor drawn at random. */
export const strategySchema = z.enum(['balanced', 'random']);
export type Strategy = z.infer<typeof strategySchema>;
