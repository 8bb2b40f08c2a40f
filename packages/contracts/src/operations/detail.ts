import * as z from 'zod';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';
import { parseKernel } from './kernel.ts';

export const sharpen = define({
  op: 'sharpen',
  title: 'Sharpen',
  description: 'Raises fine detail with the 3×3 kernel 9/−1.',
  category: 'filter',
  params: z.strictObject({}),
});

const sigma = (fallback: number) =>
  z
    .number()
    .min(0.5)
    .max(10)
    .default(fallback)
    .describe('Size of the detail in pixels: standard deviation of the Gaussian.')
    .meta({ title: 'Sigma', unit: 'px' });

export const unsharpMask = define({
  op: 'unsharp-mask',
  title: 'Unsharp mask',
  description: 'Sharpens by what the image has more than its blurred self.',
  category: 'filter',
  params: z.strictObject({
    sigma: sigma(1.5),
    amount: z
      .number()
      .min(0)
      .max(500)
      .default(100)
      .describe('How much of the difference is added.')
      .meta({ title: 'Amount', unit: '%' }),
    threshold: z
      .int()
      .min(0)
      .max(255)
      .default(0)
      .describe(inLevels('Differences up to so many levels stay: noise is not sharpened.'))
      .meta({ title: 'Threshold' }),
  }),
});

export const highPass = define({
  op: 'high-pass',
  title: 'High pass',
  description: 'Leaves fine detail on middle gray, takes areas and soft shades away.',
  category: 'filter',
  params: z.strictObject({ sigma: sigma(3) }),
});

export const emboss = define({
  op: 'emboss',
  title: 'Emboss',
  description: 'A relief: slopes towards the light are bright, those away from it dark.',
  category: 'filter',
  params: z.strictObject({
    light: z
      .union([0, 45, 90, 135, 180, 225, 270, 315].map((angle) => z.literal(angle)))
      .default(135)
      .describe('Where the light comes from: 0 is right, 90 above.')
      .meta({ title: 'Light from', unit: '°' }),
    strength: z.number().min(0.1).max(5).default(1).describe('Height of the relief.').meta({ title: 'Strength' }),
  }),
});

export const filter2d = define({
  op: 'filter2d',
  title: 'Custom filter',
  description: 'Each pixel becomes a weighted sum of its neighbourhood, by a kernel of your own.',
  category: 'filter',
  params: z.strictObject({
    kernel: z
      .string()
      .max(20_000)
      .refine(
        (text) => parseKernel(text) !== undefined,
        'must be equally long rows of numbers, separated by /; sides odd, at most 31',
      )
      .default('0 -1 0 / -1 5 -1 / 0 -1 0')
      .describe('Rows of weights separated by /; both sides odd, at most 31.')
      .meta({ title: 'Kernel', format: 'kernel' }),
    divisor: z
      .number()
      .min(0)
      .max(1_000_000)
      .default(0)
      .describe('The sum is divided by this; 0 takes the sum of the weights, or 1.')
      .meta({ title: 'Divisor' }),
    offset: z
      .number()
      .min(-255)
      .max(255)
      .default(0)
      .describe(inLevels('Levels that are added in the end.'))
      .meta({ title: 'Offset' }),
  }),
});
