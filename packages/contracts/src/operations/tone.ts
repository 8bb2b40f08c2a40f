import * as z from 'zod';
import { parseCurve } from './curve.ts';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';

/** Percent of an adjustment to both sides; 0 changes nothing. */
const adjustment = () => z.number().min(-100).max(100).default(0);

const level = (fallback: number) => z.int().min(0).max(255).default(fallback);

/** The channels that a tone curve is for. */
const toneChannel = z
  .enum(['all', 'red', 'green', 'blue'])
  .default('all')
  .describe('Channels that are changed; gray images have only “all”.')
  .meta({ title: 'Channel' });

export const brightnessContrast = define({
  op: 'brightness-contrast',
  title: 'Brightness and contrast',
  description: 'Moves all levels up or down, and away from middle gray or towards it.',
  category: 'tone and colour',
  params: z.strictObject({
    brightness: adjustment()
      .describe('Percent of the whole range that is added to each level.')
      .meta({ title: 'Brightness', unit: '%' }),
    contrast: adjustment()
      .describe('−100 leaves even gray, 100 leaves full and none of each channel.')
      .meta({ title: 'Contrast', unit: '%' }),
  }),
  example: { brightness: 8, contrast: 45 },
});

export const gamma = define({
  op: 'gamma',
  title: 'Gamma',
  description: 'Brightens or darkens the middle tones; black and white stay.',
  category: 'tone and colour',
  params: z.strictObject({
    gamma: z
      .number()
      .min(0.1)
      .max(10)
      .default(1.5)
      .describe('Above 1 brightens, below 1 darkens.')
      .meta({ title: 'Gamma' }),
  }),
});

export const levels = define({
  op: 'levels',
  title: 'Levels',
  description: 'Stretches a range of levels to another: sets black, white and middle of the tones.',
  category: 'tone and colour',
  params: z.strictObject({
    black: level(0).describe(inLevels('Level that becomes the darkest of the result.')).meta({ title: 'Black' }),
    white: level(255)
      .describe('Level that becomes the brightest; not above black: only what exceeds black is bright.')
      .meta({ title: 'White' }),
    gamma: z
      .number()
      .min(0.1)
      .max(10)
      .default(1)
      .describe('Above 1 brightens the middle tones, below 1 darkens them.')
      .meta({ title: 'Middle (gamma)' }),
    darkest: level(0).describe('Darkest level of the result.').meta({ title: 'Darkest result' }),
    brightest: level(255).describe('Brightest level of the result.').meta({ title: 'Brightest result' }),
    channel: toneChannel,
  }),
  example: { black: 30, white: 190 },
});

export const curves = define({
  op: 'curves',
  title: 'Curves',
  description:
    'Gives each level another by a smooth curve through points; between them it neither rises nor falls more than they do.',
  category: 'tone and colour',
  params: z.strictObject({
    points: z
      .string()
      .max(200)
      .refine(
        (text) => parseCurve(text) !== undefined,
        'must be 2 to 16 points “level new-level”, levels rising, separated by /',
      )
      .default('0 0 / 64 44 / 192 212 / 255 255')
      .describe(inLevels('Points “level new-level” separated by /, levels rising.'))
      .meta({ title: 'Points', format: 'curve' }),
    channel: toneChannel,
  }),
});

export const posterize = define({
  op: 'posterize',
  title: 'Posterize',
  description: 'Leaves few levels of each channel: even areas, as in a silk-screen print.',
  category: 'tone and colour',
  params: z.strictObject({
    levels: z
      .int()
      .min(2)
      .max(64)
      .default(4)
      .describe('Number of levels that are left of each channel.')
      .meta({ title: 'Levels' }),
  }),
});

export const solarize = define({
  op: 'solarize',
  title: 'Solarize',
  description: 'Inverts the bright levels only, as film does that saw light while it was developed.',
  category: 'tone and colour',
  params: z.strictObject({
    threshold: z
      .int()
      .min(0)
      .max(255)
      .default(128)
      .describe(inLevels('Levels from here on are inverted.'))
      .meta({ title: 'Threshold' }),
  }),
});

export const threshold = define({
  op: 'threshold',
  title: 'Threshold',
  description: 'Compares each gray level with a value: white above it and black elsewhere, or one of four variants.',
  category: 'tone and colour',
  params: z.strictObject({
    value: z
      .number()
      .min(0)
      .max(255)
      .default(100)
      .describe(inLevels('Gray level that a pixel has to exceed.'))
      .meta({ title: 'Gray level' }),
    type: z
      .enum(['binary', 'binary-inverse', 'truncate', 'to-zero', 'to-zero-inverse'])
      .default('binary')
      .describe('What becomes of the levels above the value, and of the others.')
      .meta({ title: 'Kind' }),
  }),
});

export const invert = define({
  op: 'invert',
  title: 'Invert',
  description: 'The negative: every level v becomes 255 − v.',
  category: 'tone and colour',
  params: z.strictObject({}),
});
