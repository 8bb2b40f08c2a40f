import * as z from 'zod';

/**
 * A result of several files: its `key` is that of their folder and ends with a slash, its `bytes` are those of all of them.
 * Names may hold slashes.
 */
export const resultFilesSchema = z.object({
  count: z.int().min(1),
  /** The file that tells of the others, or the largest; the last one that was written. */
  main: z.string(),
  /**
   * SHA-256 over what `sha256sum` prints of all files in the order of their names' bytes, lower-case hex: `<SHA-256>`, two
   * spaces, `<name>`, line feed.
   */
  digest: z.string(),
  /** Each of them, where they are pictures of their own: the first is the one that `width`, `height` and `pixelDigest` of the result tell of. */
  pictures: z
    .array(
      z.object({
        name: z.string(),
        bytes: z.int().min(0),
        width: z.int().min(1),
        height: z.int().min(1),
        pixelDigest: z.string(),
      }),
    )
    .optional(),
});
export type ResultFiles = Readonly<z.infer<typeof resultFilesSchema>>;

/** The same as callers see it. */
export const resultFilesRefSchema = resultFilesSchema.extend({
  url: z.string().describe('Address of the main file; the others are beside it.'),
});
export type ResultFilesRef = Readonly<z.infer<typeof resultFilesRefSchema>>;

/** Whether a result is a folder of files. */
export const isFolder = (key: string): boolean => key.endsWith('/');
