import * as z from 'zod';
import { colour } from './colour-parameter.ts';
import { define } from './definition.ts';

/** Longest side that a step may ask for. */
const MOST_SIDE = 1_000_000;

const pixels = (title: string, least: number, fallback: number, about: string) =>
  z.int().min(least).max(MOST_SIDE).default(fallback).describe(about).meta({ title, unit: 'px' });

const opacity = z
  .number()
  .min(0)
  .max(100)
  .default(100)
  .describe('Opacity of the background, in images that have transparency.')
  .meta({ title: 'Opacity', unit: '%' });
const background = { colour: colour('#000000', 'What is seen where the image has no pixels.'), opacity };

const interpolation = z
  .enum(['linear', 'nearest'])
  .default('linear')
  .describe('Linear mixes the four nearest pixels; nearest takes one, and keeps the levels that there are.')
  .meta({ title: 'Between pixels' });

export const crop = define({
  op: 'crop',
  title: 'Crop',
  description: 'Keeps a rectangle of the image; what of it lies outside the image is left out.',
  category: 'geometry',
  params: z.strictObject({
    x: pixels('Left', 0, 0, 'First column that is kept, counted from 0 at the left.'),
    y: pixels('Top', 0, 0, 'First row that is kept, counted from 0 at the top.'),
    width: pixels('Width', 1, 1000, 'Columns that are kept, as far as the image has them.'),
    height: pixels('Height', 1, 1000, 'Rows that are kept, as far as the image has them.'),
  }),
  example: { x: 70, y: 10, width: 100, height: 100 },
});

export const trim = define({
  op: 'trim',
  title: 'Trim',
  description:
    'Cuts off the border that is like the background. Nothing is cut off where all of the image is. It is the last step, but for those that look at single pixels.',
  category: 'geometry',
  params: z.strictObject({
    threshold: z
      .int()
      .min(0)
      .max(255)
      .default(10)
      .describe('Levels by which a channel may differ from the background, and still be like it.')
      .meta({ title: 'Threshold' }),
    background: z
      .enum(['corner', 'colour'])
      .default('corner')
      .describe('Corner: the pixel at the top left; where that is transparent, all that is. Colour: that one.')
      .meta({ title: 'Background' }),
    colour: colour('#ffffff', 'What is cut off where the background is a colour.'),
  }),
  example: { threshold: 60 },
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

export const rotate = define({
  op: 'rotate',
  title: 'Rotate',
  description: 'Turns the image clockwise about its middle, by quarters without changing any pixel.',
  category: 'geometry',
  params: z.strictObject({
    angle: z
      .number()
      .min(-360)
      .max(360)
      .default(90)
      .describe('How far it is turned clockwise; below 0 counter-clockwise.')
      .meta({ title: 'Angle', unit: '°' }),
    canvas: z
      .enum(['grown', 'same'])
      .default('grown')
      .describe('Grown holds all of the turned image; same keeps the size and cuts the corners off.')
      .meta({ title: 'Canvas' }),
    interpolation,
    ...background,
  }),
  example: { angle: 20 },
});

export const resize = define({
  op: 'resize',
  title: 'Resize',
  description: 'Makes the image larger or smaller, every pixel of it weighed in.',
  category: 'geometry',
  params: z.strictObject({
    width: pixels('Width', 0, 1000, 'Width of the result; 0 takes it from the height.'),
    height: pixels('Height', 0, 0, 'Height of the result; 0 takes it from the width.'),
    percent: z
      .number()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Above 0: both sides in percent of what they are, in place of width and height.')
      .meta({ title: 'Percent', unit: '%' }),
    fit: z
      .enum(['inside', 'outside', 'fill', 'cover', 'contain'])
      .default('inside')
      .describe(
        'Inside and outside keep the shape and fit one side; fill stretches; cover cuts off; contain adds background.',
      )
      .meta({ title: 'Fit' }),
    enlarge: z
      .boolean()
      .default(true)
      .describe('Whether a smaller image is made larger; else it keeps the pixels that it has.')
      .meta({ title: 'Enlarge' }),
    kernel: z
      .enum(['nearest', 'area', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos'])
      .default('lanczos')
      .describe('How pixels are weighed: from coarse and quick to fine; all but nearest look at every pixel.')
      .meta({ title: 'Kernel' }),
    ...background,
  }),
  example: { width: 60, kernel: 'lanczos' },
});

export const pad = define({
  op: 'pad',
  title: 'Add a border',
  description: 'Adds rows and columns around the image, of one colour, of its edge, or mirrored.',
  category: 'geometry',
  params: z.strictObject({
    left: pixels('Left', 0, 20, 'Columns that are added at the left.'),
    right: pixels('Right', 0, 20, 'Columns that are added at the right.'),
    top: pixels('Top', 0, 20, 'Rows that are added at the top.'),
    bottom: pixels('Bottom', 0, 20, 'Rows that are added at the bottom.'),
    border: z
      .enum(['constant', 'replicate', 'reflect'])
      .default('constant')
      .describe('One colour, the outermost pixels repeated, or the image mirrored at them.')
      .meta({ title: 'Border' }),
    ...background,
  }),
});

const factor = (title: string, fallback: number, about: string) =>
  z.number().min(-1000).max(1000).default(fallback).describe(about).meta({ title });
const shift = (title: string, about: string) =>
  z.number().min(-MOST_SIDE).max(MOST_SIDE).default(0).describe(about).meta({ title, unit: 'px' });

export const affine = define({
  op: 'affine',
  title: 'Affine map',
  description: 'Scales, shears, turns and moves the image by a matrix of two rows, within its canvas.',
  category: 'geometry',
  params: z.strictObject({
    xx: factor('x from x', 1, 'How many columns a pixel moves right for each column it stands right.'),
    xy: factor('x from y', 0.2, 'How many columns a pixel moves right for each row it stands down.'),
    x: shift('x', 'Columns that every pixel is moved right.'),
    yx: factor('y from x', 0, 'How many rows a pixel moves down for each column it stands right.'),
    yy: factor('y from y', 1, 'How many rows a pixel moves down for each row it stands down.'),
    y: shift('y', 'Rows that every pixel is moved down.'),
    interpolation,
    ...background,
  }),
});

const corner = (title: string, fallback: number, about: string) =>
  z.number().min(-100).max(200).default(fallback).describe(about).meta({ title, unit: '%' });

export const perspective = define({
  op: 'perspective',
  title: 'Perspective',
  description: 'Stretches a quadrilateral of the image to the whole of it, as a photographed sheet is made straight.',
  category: 'geometry',
  params: z.strictObject({
    topLeftX: corner('Upper left, across', 10, 'Where its upper left corner is, in percent of the width.'),
    topLeftY: corner('Upper left, down', 0, 'Where its upper left corner is, in percent of the height.'),
    topRightX: corner('Upper right, across', 90, 'Where its upper right corner is, in percent of the width.'),
    topRightY: corner('Upper right, down', 0, 'Where its upper right corner is, in percent of the height.'),
    bottomRightX: corner('Lower right, across', 100, 'Where its lower right corner is, in percent of the width.'),
    bottomRightY: corner('Lower right, down', 100, 'Where its lower right corner is, in percent of the height.'),
    bottomLeftX: corner('Lower left, across', 0, 'Where its lower left corner is, in percent of the width.'),
    bottomLeftY: corner('Lower left, down', 100, 'Where its lower left corner is, in percent of the height.'),
    interpolation,
    ...background,
  }),
});
