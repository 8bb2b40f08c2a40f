import * as z from 'zod';
import { errorCodeSchema } from './error-code-schema.ts';
import { scalingSchema } from './reflectance.ts';
import { regionSchema } from './region.ts';

/** A scene that should have been read and was not. */
export const missingSceneSchema = z.object({
  /** Its place in the list of scenes. */
  scene: z.int().min(0),
  code: errorCodeSchema,
  message: z.string(),
});
export type MissingScene = Readonly<z.infer<typeof missingSceneSchema>>;

/** The file `manifest` beside a product of scenes: which scene served which window, and what failed. */
export const completenessSchema = z.object({
  v: z.literal(1),
  /** Whether a scene is missing somewhere. */
  partial: z.boolean(),
  scenes: z.array(
    z.object({
      name: z.string(),
      datetime: z.string().nullable(),
      /** Percent. */
      cloudCover: z.number().nullable(),
      /** How its samples became physical values, by the names of its bands, where anything was done. */
      scalings: z.record(z.string(), scalingSchema),
      /** Windows that it has samples in, by their place in `windows`. */
      windows: z.array(z.int().min(0)),
    }),
  ),
  /** In pixels of the product; they cover all of it. */
  windows: z.array(
    regionSchema.extend({
      /** Scenes that gave samples. */
      scenes: z.array(z.int().min(0)),
      missing: z.array(missingSceneSchema),
    }),
  ),
});
export type Completeness = Readonly<z.infer<typeof completenessSchema>>;
