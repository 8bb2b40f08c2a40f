import * as z from 'zod';

/** The id of an uploaded image that a step reads besides. */
export const otherImage = () =>
  z
    .string()
    .max(64)
    .regex(/^[\w-]*$/, 'must be the id of an image')
    .default('')
    .describe('Id of the other image; empty: none is chosen yet, and no job can be made.')
    .meta({ title: 'Other image', format: 'image' });
