import * as z from 'zod';

/** Bits of a sample that pixels are worked on and written in. */
export const depthSchema = z.union([z.literal(8), z.literal(16)]);
export type Depth = z.infer<typeof depthSchema>;
