import * as z from 'zod';

/** The side of a square that is looked at, in pixels. */
export const kernelSide = (fallback: number) =>
  z
    .int()
    .min(1)
    .max(31)
    .default(fallback)
    .describe('Side of the square that is looked at, in pixels (1–31).')
    .meta({ title: 'Kernel side', unit: 'px' });

/** The same with a pixel in the middle. */
export const oddSide = (fallback: number, most: number, least = 1) =>
  z
    .int()
    .min(least)
    .max(most)
    .refine((value) => value % 2 === 1, 'must be odd')
    .default(fallback)
    .describe(`Side of the kernel in pixels (odd, ${String(least)}–${String(most)}).`)
    .meta({ title: 'Kernel side', unit: 'px', not: { multipleOf: 2 } });
