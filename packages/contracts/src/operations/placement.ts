import * as z from 'zod';

/** Places at which something smaller than a picture is put. */
export const ANCHORS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;
export type Anchor = (typeof ANCHORS)[number];

export const anchor = (fallback: Anchor) =>
  z.enum(ANCHORS).default(fallback).describe('Where it is put.').meta({ title: 'Position', format: 'anchor' });

/** How large it is. */
export const fit = () =>
  z
    .enum(['none', 'stretch', 'cover', 'contain'])
    .default('none')
    .describe(
      'Its own pixels, or stretched to the size of the image, so large that it covers it, or that it fits into it.',
    )
    .meta({ title: 'Size' });

/** How much of it is seen. */
export const opacity = (fallback: number) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(fallback)
    .describe('0 leaves the image as it is, 1 is the full effect.')
    .meta({ title: 'Opacity' });

/** Where a mark is put, and how often. */
export const markPlacement = {
  position: anchor('bottom-right'),
  margin: z
    .int()
    .min(0)
    .max(10_000)
    .default(16)
    .describe('Distance from the sides of the image.')
    .meta({ title: 'Margin', unit: 'px' }),
  repeat: z.boolean().default(false).describe('Repeat it over the whole image.').meta({ title: 'Repeat' }),
  gap: z
    .int()
    .min(0)
    .max(10_000)
    .default(64)
    .describe('Distance between two of them where it is repeated.')
    .meta({ title: 'Gap', unit: 'px' }),
} as const;
