import * as z from 'zod';
import { define } from './definition.ts';
import { kernelSide } from './kernel-side.ts';

const shape = z
  .enum(['rectangle', 'ellipse', 'cross'])
  .default('rectangle')
  .describe('Form of the neighbourhood.')
  .meta({ title: 'Form' });

const iterations = z
  .int()
  .min(1)
  .max(10)
  .default(1)
  .describe('How often it is done, one after another.')
  .meta({ title: 'Times' });

const element = { ksize: kernelSide(5), shape, iterations };

export const dilate = define({
  op: 'dilate',
  title: 'Dilate',
  description: 'Each pixel becomes the brightest of its neighbourhood: bright areas grow.',
  category: 'morphology',
  params: z.strictObject(element),
});

export const erode = define({
  op: 'erode',
  title: 'Erode',
  description: 'Each pixel becomes the darkest of its neighbourhood: bright areas shrink.',
  category: 'morphology',
  params: z.strictObject(element),
});

export const morphology = define({
  op: 'morphology',
  title: 'Open, close and more',
  description: 'Erosion and dilation combined: opening, closing, gradient, top hat, black hat.',
  category: 'morphology',
  params: z.strictObject({
    kind: z
      .enum(['open', 'close', 'gradient', 'top-hat', 'black-hat'])
      .default('open')
      .describe(
        'Open removes bright specks, close dark ones; the hats show what was removed; the gradient shows borders.',
      )
      .meta({ title: 'Kind' }),
    ...element,
  }),
});
