import * as z from 'zod';
import { inputFormatSchema } from './image.ts';
import { outputFormatSchema } from './output.ts';

const milliseconds = z.number().min(0).max(1e6);

/** Milliseconds of one core per megapixel at a side of the kernel: of gray, gray with alpha, RGB, RGB with alpha. */
export const costKnotSchema = z.tuple([z.number().min(1), milliseconds, milliseconds, milliseconds, milliseconds]);
export type CostKnot = z.infer<typeof costKnotSchema>;

/**
 * What was measured on a machine: milliseconds of one core per megapixel of an RGB picture to decode and to encode, of each
 * operation by its size, in rising order, and for each task besides. What it does not tell of is as the program knows it.
 */
export const costTableSchema = z.strictObject({
  decode: z.partialRecord(inputFormatSchema, milliseconds),
  operation: z.record(z.string(), z.array(costKnotSchema).min(1)),
  encode: z.partialRecord(outputFormatSchema, milliseconds),
  task: milliseconds.optional(),
});
export type MeasuredCosts = Readonly<z.infer<typeof costTableSchema>>;
