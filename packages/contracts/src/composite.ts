import * as z from 'zod';

/**
 * How the samples of many scenes at one place become one.
 *
 * - `median-luminance`: the RGB triplet of median luminance. Samples are ordered by r + g + b; `exact` orders equal sums by
 *   r, then g, so that neither the order of the scenes nor the size of windows changes a pixel; `course` orders them by
 *   their place in the list of scenes, as a stable sort by r + g + b does. Of n samples it is number n >> 1, counted from
 *   zero: the upper median.
 * - `median`, `percentile`: of each band by itself. Of n ordered samples it is number ⌈p / 100 · (n − 1)⌉, which is numpy's
 *   method `higher`; the median is percentile 50, the upper one of two.
 * - `mean`: the exact sum of a band's samples by their number, rounded to float32.
 * - `max`, `min`: of each band by itself.
 * - `count`: how many samples of a band were measured, clear or not; `clear-count`: how many of them were clear.
 */
export const compositeRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('median-luminance'), mode: z.enum(['exact', 'course']).default('exact') }),
  z.object({ kind: z.literal('percentile'), p: z.number().min(0).max(100) }),
  z.object({ kind: z.enum(['median', 'mean', 'max', 'min', 'count', 'clear-count']) }),
]);
export type CompositeRule = Readonly<z.infer<typeof compositeRuleSchema>>;

/**
 * Which values of a mask band mean a clear view of the ground: `classes` lists them (Sentinel-2's scene classification has
 * 4 vegetation, 5 bare, 6 water, …); `bits` lists the bits that must be 0 (Landsat's QA_PIXEL has 0 fill, 1 dilated cloud,
 * 2 cirrus, 3 cloud, 4 shadow, …).
 */
export const clearRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), clear: z.array(z.int().min(0).max(65_535)).min(1).max(256) }),
  z.object({ kind: z.literal('bits'), zero: z.array(z.int().min(0).max(15)).min(1).max(16) }),
]);
export type ClearRule = Readonly<z.infer<typeof clearRuleSchema>>;

/** A composite of a series of scenes that lie over each other. */
export const compositeSchema = z.object({
  rule: compositeRuleSchema,
  /** The value that stands for "not measured", in scenes and in the result. A number of the scenes' type. */
  nodata: z.int().min(0).max(65_535).default(0),
  /** The value that stands for "too bright to tell"; `null`: none. Default: 255 in 8-bit scenes, none in others. */
  saturation: z.int().min(0).max(65_535).nullable().optional(),
  /** How a scene's mask band is read; without it every measured sample is clear. */
  clear: clearRuleSchema.optional(),
});
export type Composite = Readonly<z.infer<typeof compositeSchema>>;
