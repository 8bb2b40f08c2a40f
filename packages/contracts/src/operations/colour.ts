import * as z from 'zod';
import { colour } from './colour-parameter.ts';
import { define } from './definition.ts';

const weight = (fallback: number, title: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(fallback)
    .describe(`Share of ${title.toLowerCase()} in the gray level.`)
    .meta({ title });

export const grayscale = define({
  op: 'grayscale',
  title: 'Grayscale',
  description: 'Turns colours into shades of gray by their luma (BT.601), or by weights of your own.',
  category: 'tone and colour',
  params: z.strictObject({ red: weight(0.299, 'Red'), green: weight(0.587, 'Green'), blue: weight(0.114, 'Blue') }),
});

export const hueSaturationLightness = define({
  op: 'hue-saturation-lightness',
  title: 'Hue, saturation, lightness',
  description: 'Turns the circle of hues, makes colours stronger or paler, brighter or darker. Gray stays without hue.',
  category: 'tone and colour',
  params: z.strictObject({
    hue: z
      .number()
      .min(-180)
      .max(180)
      .default(0)
      .describe('Degrees by which hues are turned: 120 makes green of red.')
      .meta({ title: 'Hue', unit: '°' }),
    saturation: z
      .number()
      .min(-100)
      .max(100)
      .default(0)
      .describe('−100 leaves grays, 100 doubles the saturation.')
      .meta({ title: 'Saturation', unit: '%' }),
    lightness: z
      .number()
      .min(-100)
      .max(100)
      .default(0)
      .describe('−100 leaves black, 100 leaves white.')
      .meta({ title: 'Lightness', unit: '%' }),
  }),
  example: { hue: 150, saturation: 30 },
});

const gain = (title: string) =>
  z.number().min(0).max(4).default(1).describe(`Factor for ${title.toLowerCase()}; 1 changes nothing.`).meta({ title });

export const whiteBalance = define({
  op: 'white-balance',
  title: 'White balance',
  description: 'Multiplies each channel by a factor: takes out a colour cast, or makes a picture warmer or colder.',
  category: 'tone and colour',
  params: z.strictObject({ red: gain('Red'), green: gain('Green'), blue: gain('Blue') }),
  example: { red: 1.2, blue: 0.75 },
});

const amount = (fallback: number) =>
  z
    .number()
    .min(0)
    .max(100)
    .default(fallback)
    .describe('0 leaves the image as it is, 100 is the full effect.')
    .meta({ title: 'Amount', unit: '%' });

export const sepia = define({
  op: 'sepia',
  title: 'Sepia',
  description: 'The brown of old photographs.',
  category: 'tone and colour',
  params: z.strictObject({ amount: amount(100) }),
});

export const tint = define({
  op: 'tint',
  title: 'Tint',
  description: 'Shades of one colour: black stays black, white becomes the colour.',
  category: 'tone and colour',
  params: z.strictObject({
    colour: colour('#4f8fd0', 'What becomes of white, as #rrggbb.'),
    amount: amount(60),
  }),
});

const share = (of: string, fallback: number, title: string) =>
  z
    .number()
    .min(-200)
    .max(200)
    .default(fallback)
    .describe(`Percent of the old ${of} that go into it.`)
    .meta({ title, unit: '%' });

const constant = (title: string) =>
  z
    .number()
    .min(-100)
    .max(100)
    .default(0)
    .describe('Percent of the whole range that are added.')
    .meta({ title, unit: '%' });

export const channelMixer = define({
  op: 'channel-mixer',
  title: 'Channel mixer',
  description: 'Mixes each channel anew from all three.',
  category: 'tone and colour',
  params: z.strictObject({
    redFromRed: share('red', 100, 'Red from red'),
    redFromGreen: share('green', 0, 'Red from green'),
    redFromBlue: share('blue', 0, 'Red from blue'),
    redConstant: constant('Red, constant'),
    greenFromRed: share('red', 0, 'Green from red'),
    greenFromGreen: share('green', 100, 'Green from green'),
    greenFromBlue: share('blue', 0, 'Green from blue'),
    greenConstant: constant('Green, constant'),
    blueFromRed: share('red', 0, 'Blue from red'),
    blueFromGreen: share('green', 0, 'Blue from green'),
    blueFromBlue: share('blue', 100, 'Blue from blue'),
    blueConstant: constant('Blue, constant'),
  }),
  example: { redFromRed: 0, redFromGreen: 100, greenFromRed: 60, greenFromGreen: 40 },
});

export const swapRedBlue = define({
  op: 'swap-red-blue',
  title: 'Swap red and blue',
  description: 'Exchanges the red and the blue channel.',
  category: 'tone and colour',
  params: z.strictObject({}),
});
