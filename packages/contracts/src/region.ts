import * as z from 'zod';

const pixels = z.int().min(0);

/** A half-open rectangle of pixels: columns `x … x + width - 1`, rows `y … y + height - 1`. */
export const regionSchema = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });
export type Region = Readonly<z.infer<typeof regionSchema>>;

/** Width and height of a picture in pixels, both ≥ 1. */
export const sizeSchema = z.object({ width: z.int().min(1), height: z.int().min(1) });
export type Size = Readonly<z.infer<typeof sizeSchema>>;

/**
 * How a picture is cut: cells of `width` × `height` pixels in raster order, smaller at the right and bottom edge.
 * A band is a cell as wide as the picture.
 */
export const gridSchema = sizeSchema;
export type Grid = Size;
