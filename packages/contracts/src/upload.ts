import * as z from 'zod';
import { imageSchema } from './http.ts';

/** What a complete upload became: the image; with status 202 only that it is still looked at. */
export const uploadedImageSchema = z.union([imageSchema, z.object({ pending: z.literal(true) })]);
export type UploadedImageDto = z.infer<typeof uploadedImageSchema>;
