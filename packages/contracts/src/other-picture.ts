import * as z from 'zod';
import { imageRefSchema, pictureSchema } from './image.ts';

/** A picture that steps read besides the one they change: an image of the visitor, or a text made into one. */
export const otherPictureSchema = imageRefSchema.extend({
  ...pictureSchema.shape,
  /** What the steps that read it call it: see `otherWish`. */
  name: z.string(),
});
export type OtherPicture = Readonly<z.infer<typeof otherPictureSchema>>;
