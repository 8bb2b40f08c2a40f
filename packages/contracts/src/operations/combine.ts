import * as z from 'zod';
import { colour } from './colour-parameter.ts';
import { define } from './definition.ts';
import { otherImage } from './other-image.ts';
import { anchor, fit, markPlacement, opacity } from './placement.ts';

export const blend = define({
  op: 'blend',
  title: 'Blend with an image',
  description: 'Lays another image over this one and mixes their colours.',
  category: 'combine',
  params: z.strictObject({
    image: otherImage(),
    mode: z
      .enum(['normal', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'difference', 'add', 'subtract'])
      .default('normal')
      .describe('How two colours become one.')
      .meta({ title: 'Mode' }),
    opacity: opacity(1),
    fit: fit(),
    position: anchor('top-left'),
  }),
  example: { mode: 'screen' },
});

export const mask = define({
  op: 'mask',
  title: 'Mask by an image',
  description: 'Keeps what is white in another image; what is black there, or lies beside it, vanishes.',
  category: 'combine',
  params: z.strictObject({
    image: otherImage(),
    source: z
      .enum(['luma', 'alpha'])
      .default('luma')
      .describe('What of the other image tells how much is kept: its brightness, or how opaque it is.')
      .meta({ title: 'Read from it' }),
    rest: z
      .enum(['transparent', 'black'])
      .default('transparent')
      .describe('What the rest becomes.')
      .meta({ title: 'The rest' }),
    invert: z
      .boolean()
      .default(false)
      .describe('Keep what is black there instead, and what lies beside it.')
      .meta({ title: 'The other way round' }),
    fit: fit(),
    position: anchor('top-left'),
  }),
  example: { rest: 'black' },
});

export const watermark = define({
  op: 'watermark',
  title: 'Watermark: an image',
  description: 'Puts another image, a logo for instance, over this one, once or as a pattern; its transparency counts.',
  category: 'combine',
  params: z.strictObject({
    image: otherImage(),
    width: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe('Width of the mark in percent of that of the image; 0: its own pixels.')
      .meta({ title: 'Width', unit: '%' }),
    opacity: opacity(1),
    ...markPlacement,
  }),
});

export const watermarkText = define({
  op: 'watermark-text',
  title: 'Watermark: a text',
  description: 'Writes a line of text over the image, once or as a pattern.',
  category: 'combine',
  params: z.strictObject({
    text: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line')
      .default('© Tessera')
      .describe('Up to 200 characters, Arabic ones too; in IBM Plex Sans Arabic.')
      .meta({ title: 'Text', format: 'text' }),
    size: z
      .number()
      .min(0.5)
      .max(50)
      .default(5)
      .describe('Size of the letters, in percent of the height of the image.')
      .meta({ title: 'Size', unit: '%' }),
    colour: colour('#ffffff', 'Colour of the letters, as #rrggbb.'),
    opacity: opacity(0.6),
    angle: z
      .int()
      .min(-180)
      .max(180)
      .default(0)
      .describe('Degrees by which it is turned to the left.')
      .meta({ title: 'Angle', unit: '°' }),
    ...markPlacement,
  }),
  example: { text: '© تسيرا', size: 16, colour: '#c2185b', opacity: 0.9 },
});
