import * as z from 'zod';
import { pipelineSchema } from './operations/index.ts';
import { outputRequestSchema } from './output.ts';
import { regionSchema, sizeSchema } from './region.ts';

/**
 * `GET /images/:image/zoom` and `GET /jobs/:job/zoom`: the levels of a picture as tiles. While they are being prepared
 * `share` (0–1) says how far that is. Tiles: `…/zoom/:level/:column/:row`, level 0 the smallest; a tile is a JPEG, or a
 * WebP where the picture has alpha (of a result of tiles: what these are), of `tileSize` pixels a side, less at the right and bottom edge.
 */
export const zoomSchema = z.object({
  state: z.enum(['preparing', 'ready']),
  share: z.number().min(0).max(1),
  width: z.int().min(1),
  height: z.int().min(1),
  tileSize: z.int().min(1),
  /** Pixels that a tile repeats of each neighbour; absent: none. */
  overlap: z.int().min(1).optional(),
  /** From the smallest to the picture's own size. */
  levels: z.array(sizeSchema).min(1),
});
export type ZoomDto = Readonly<z.infer<typeof zoomSchema>>;

/** Longest sides that `GET …/thumbnail?side=` makes. */
export const THUMBNAIL_SIDES = [128, 256, 512, 1024, 2048] as const;
export type ThumbnailSide = (typeof THUMBNAIL_SIDES)[number];

/** `GET /images/:image/histogram` and `GET /jobs/:job/histogram`: exact counts over all pixels. */
export const histogramSchema = z.object({
  /** One entry per channel in the order of the raster; `counts[v]` pixels have the value `v`. */
  channels: z.array(
    z.object({ name: z.enum(['gray', 'red', 'green', 'blue', 'alpha']), counts: z.array(z.int().min(0)).length(256) }),
  ),
});
export type HistogramDto = Readonly<z.infer<typeof histogramSchema>>;

/** Longest side of a preview in pixels. */
export const MAX_PREVIEW_SIDE = 1600;

/**
 * What is left of a step in a preview that is smaller than the result: lengths in pixels shrink with the picture, and what
 * would be smaller than a pixel of the preview is left out.
 */
export type StepShare = 'same' | 'scaled' | 'left-out';

/**
 * `POST /previews`: the pipeline on a part of an image at screen resolution. The header `tessera-preview` says `exact`
 * where the pixels are those of the result; the answer is a PNG then. Else it says `scaled` (parameters in pixels are
 * scaled with the picture; of operations that need the whole picture, those that count colours see a small copy of it, and
 * the others its visible part only); the answer is a JPEG, or a WebP where the picture has alpha. The header
 * `tessera-result` tells width and height of the whole result, as `600x400`; `tessera-steps` what is left of
 * each step at that size, as `same, scaled, left-out`.
 */
export const previewRequestSchema = z.strictObject({
  image: z.string().min(1).max(64),
  pipeline: pipelineSchema,
  /** Part of the result in its own pixels; default: all of it. */
  region: regionSchema.optional(),
  /** Longest side of the answer in pixels; the part is never enlarged. */
  side: z.int().min(16).max(MAX_PREVIEW_SIDE).default(1024),
});
export type PreviewRequest = Readonly<z.infer<typeof previewRequestSchema>>;

/** `POST /estimates`: how large and how long, before anything is started. */
export const estimateRequestSchema = z.strictObject({
  images: z.array(z.string().min(1).max(64)).min(1).max(1000),
  pipeline: pipelineSchema,
  output: outputRequestSchema,
});
export const estimateSchema = z.object({
  /** Of all results together; a range, for the size of compressed files is known only when they are made. */
  bytes: z.object({ low: z.int().min(0), high: z.int().min(0) }),
  /** Until all are done, given the living executors and the work before it; `null`: nobody works. */
  seconds: z.object({ low: z.number().min(0), high: z.number().min(0) }).nullable(),
  /** Size of the largest result. */
  largest: sizeSchema,
  /** Jobs that would be split over machines. */
  split: z.int().min(0),
});
export type EstimateDto = Readonly<z.infer<typeof estimateSchema>>;
