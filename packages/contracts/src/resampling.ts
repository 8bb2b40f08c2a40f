import * as z from 'zod';

/** How samples between the pixels of a scene are found; nodata weighs nothing. */
export const resamplingSchema = z.enum(['nearest', 'bilinear', 'cubic']);
export type Resampling = z.infer<typeof resamplingSchema>;
