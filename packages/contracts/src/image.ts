import * as z from 'zod';
import { depthSchema } from './depth.ts';

/** Formats the decoder accepts, told by magic bytes and never by name or content type. */
export const inputFormatSchema = z.enum(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif']);
export type InputFormat = z.infer<typeof inputFormatSchema>;

/**
 * What is stored: an uploaded picture of one of those formats, a `raster` that is none (samples that no picture has, more
 * bands, JPEG 2000), of which products are made, or a list of `rasters`, with which the job of a product begins.
 */
export const sourceFormatSchema = z.enum([...inputFormatSchema.options, 'raster', 'rasters']);
export type SourceFormat = z.infer<typeof sourceFormatSchema>;

/** Whether something stored can be decoded to pixels that are shown. */
export function isPictureFormat(format: SourceFormat): format is InputFormat {
  return format !== 'raster' && format !== 'rasters';
}

/** What probing found out about an uploaded file. Width and height are those after EXIF orientation is applied. */
export const imageFactsSchema = z.object({
  format: inputFormatSchema,
  width: z.int().min(1),
  height: z.int().min(1),
  /** Channels of the decoded raster: 1 gray, 2 gray + alpha, 3 RGB, 4 RGB + alpha. */
  channels: z.int().min(1).max(4),
  /** Bits of a sample: those of the file where it has 16, else 8, to which fewer are widened. Absent: 8. */
  depth: depthSchema.optional(),
  bytes: z.int().min(0),
  /** SHA-256 of the file, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Interlaced PNG or GIF, progressive JPEG. */
  progressive: z.boolean(),
});
export type ImageFacts = Readonly<z.infer<typeof imageFactsSchema>>;

/** The facts of a picture that a plan depends on. */
export const pictureSchema = z.object({
  width: z.int().min(1),
  height: z.int().min(1),
  channels: z.int().min(1).max(4),
  /** Of the image that is planned for, the bits of its samples; of a plan, those that pixels are worked in. Absent: 8. */
  depth: depthSchema.optional(),
});
export type Picture = Readonly<z.infer<typeof pictureSchema>>;

/** A reference to an image's bytes in the object store. */
export const imageRefSchema = z.object({
  id: z.string(),
  key: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
  format: sourceFormatSchema,
});
export type ImageRef = Readonly<z.infer<typeof imageRefSchema>>;
