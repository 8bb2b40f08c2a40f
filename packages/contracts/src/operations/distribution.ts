import * as z from 'zod';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';

export const equalizeHistogram = define({
  op: 'equalize-histogram',
  title: 'Equalize histogram',
  description:
    'Spreads the levels so that each part of the range holds about as many pixels: shows what hides in haze.',
  category: 'tone and colour',
  params: z.strictObject({
    by: z
      .enum(['luma', 'channel'])
      .default('luma')
      .describe('Brightness alone, so that hues stay, or each colour by itself.')
      .meta({ title: 'Equalized' }),
  }),
});

export const otsu = define({
  op: 'otsu',
  title: 'Otsu threshold',
  description: 'Black and white at the gray level that parts dark and bright pixels best (Otsu, 1979).',
  category: 'tone and colour',
  params: z.strictObject({
    type: z
      .enum(['binary', 'binary-inverse'])
      .default('binary')
      .describe('White above the threshold, or black.')
      .meta({ title: 'Kind' }),
  }),
});

/** Share of the pixels at one end that may be cut off. */
const cutOff = () => z.number().min(0).max(50).default(0.5);

export const autoLevels = define({
  op: 'auto-levels',
  title: 'Auto levels',
  description:
    'Stretches the levels over the whole range; a few of the darkest and of the brightest pixels may be cut off.',
  category: 'tone and colour',
  params: z.strictObject({
    low: cutOff().describe('Percent of the pixels that may become black.').meta({ title: 'Cut off below', unit: '%' }),
    high: cutOff().describe('Percent of the pixels that may become white.').meta({ title: 'Cut off above', unit: '%' }),
    by: z
      .enum(['channel', 'luma'])
      .default('channel')
      .describe('Each colour by itself, which takes out a colour cast, or all alike by their brightness.')
      .meta({ title: 'Stretched' }),
  }),
  example: { low: 8, high: 12 },
});

export const grayWorld = define({
  op: 'gray-world',
  title: 'White balance (gray world)',
  description: 'Takes out a colour cast: multiplies each colour so that all have the same mean.',
  category: 'tone and colour',
  params: z.strictObject({}),
});

export const normalize = define({
  op: 'normalize',
  title: 'Normalize',
  description:
    'Brings the darkest level of all channels to one value and the brightest to another, the others evenly between.',
  category: 'tone and colour',
  params: z.strictObject({
    darkest: z
      .int()
      .min(0)
      .max(255)
      .default(0)
      .describe(inLevels('Level that the darkest becomes; the lower one of the two ends counts as this.'))
      .meta({ title: 'Darkest result' }),
    brightest: z
      .int()
      .min(0)
      .max(255)
      .default(255)
      .describe('Level that the brightest becomes.')
      .meta({ title: 'Brightest result' }),
  }),
  example: { darkest: 90, brightest: 210 },
});

export const kMeans = define({
  op: 'k-means',
  title: 'Few colours (k-means)',
  description: 'Leaves so many colours, those that are nearest to all others on the whole, and tells them as JSON.',
  category: 'tone and colour',
  params: z.strictObject({
    k: z.int().min(2).max(32).default(8).describe('Colours that are left at most (2–32).').meta({ title: 'Colours' }),
    iterations: z
      .int()
      .min(1)
      .max(30)
      .default(10)
      .describe('How often the colours are moved at most; it ends as soon as none moves any more.')
      .meta({ title: 'Rounds' }),
  }),
  example: { k: 5 },
});
