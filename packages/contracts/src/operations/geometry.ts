import * as z from 'zod';
import { define } from './definition.ts';

/** Longest side that a step may ask for. */
const MOST_SIDE = 1_000_000;

const place = (title: string, what: string) =>
  z.int().min(0).max(MOST_SIDE).default(0).describe(what).meta({ title, unit: 'px' });
const length = (title: string, what: string) =>
  z.int().min(1).max(MOST_SIDE).default(1000).describe(what).meta({ title, unit: 'px' });

export const crop = define({
  op: 'crop',
  title: 'Crop',
  description: 'Keeps a rectangle of the image; what of it lies outside the image is left out.',
  category: 'geometry',
  params: z.strictObject({
    x: place('Left', 'First column that is kept, counted from 0 at the left.'),
    y: place('Top', 'First row that is kept, counted from 0 at the top.'),
    width: length('Width', 'Columns that are kept, as far as the image has them.'),
    height: length('Height', 'Rows that are kept, as far as the image has them.'),
  }),
  example: { x: 70, y: 10, width: 100, height: 100 },
});

export const flip = define({
  op: 'flip',
  title: 'Flip upside down',
  description: 'Mirrors the image at a level line: the top row becomes the bottom one.',
  category: 'geometry',
  params: z.strictObject({}),
});

export const flop = define({
  op: 'flop',
  title: 'Mirror left to right',
  description: 'Mirrors the image at an upright line: the left column becomes the right one.',
  category: 'geometry',
  params: z.strictObject({}),
});
