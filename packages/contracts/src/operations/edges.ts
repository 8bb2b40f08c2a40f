import * as z from 'zod';
import { colour } from './colour-parameter.ts';
import { define } from './definition.ts';
import { inLevels } from './in-levels.ts';
import { oddSide } from './kernel-side.ts';

const aperture = (sides: readonly [3, 5, 7], fallback: 3 | 5 | 7 = 3) =>
  z
    .union([z.literal(sides[0]), z.literal(sides[1]), z.literal(sides[2])])
    .default(fallback)
    .describe('Side of the Sobel kernel in pixels: 3, 5 or 7.')
    .meta({ title: 'Sobel aperture', unit: 'px' });

const threshold = (fallback: number, about: string, title: string) =>
  z.number().min(0).max(10000).default(fallback).describe(about).meta({ title });
const low = (fallback: number) =>
  threshold(fallback, 'Gradient magnitude above which an edge is weak.', 'Low threshold');
const high = (fallback: number) =>
  threshold(fallback, 'Gradient magnitude above which an edge is strong.', 'High threshold');

export const canny = define({
  op: 'canny',
  title: 'Canny edges',
  description: 'White lines where the image has edges: weak ones only where they join a strong one.',
  category: 'edges',
  params: z.strictObject({
    low: low(100),
    high: high(200),
    aperture: aperture([3, 5, 7]),
    l2: z
      .boolean()
      .default(false)
      .describe('Measure the gradient by √(dx² + dy²) instead of |dx| + |dy|.')
      .meta({ title: 'Precise magnitude (L2)' }),
  }),
});

export const overlayEdges = define({
  op: 'overlay-edges',
  title: 'Edges over the picture',
  description: 'Smooths, finds edges as Canny does, and draws them in one colour over the darkened image.',
  category: 'edges',
  params: z.strictObject({
    low: low(10),
    high: high(30),
    aperture: aperture([3, 5, 7], 5),
    blur: oddSide(3, 21)
      .describe('Side of the square whose mean smooths the image before edges are sought (odd, 1–21).')
      .meta({ title: 'Smoothing' }),
    colour: colour('#00ff00', 'Colour of the edges, as #rrggbb.'),
    brightness: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Factor of the levels of the image beneath: 1 leaves them, 0 makes it black.')
      .meta({ title: 'Brightness' }),
  }),
});

export const cannyOtsu = define({
  op: 'canny-otsu',
  title: 'Canny edges, thresholds found',
  description:
    'Canny edges whose thresholds follow the image: the high one is Otsu’s of its gray levels, the low one half of it.',
  category: 'edges',
  params: z.strictObject({
    aperture: aperture([3, 5, 7]),
    l2: z
      .boolean()
      .default(false)
      .describe('Measure the gradient by √(dx² + dy²) instead of |dx| + |dy|.')
      .meta({ title: 'Precise magnitude (L2)' }),
  }),
});

const direction = z
  .enum(['both', 'across', 'upright'])
  .default('both')
  .describe('Direction in which levels are compared; both: the length of the gradient.')
  .meta({ title: 'Direction' });

const scale = (fallback: number) =>
  z
    .number()
    .min(0.001)
    .max(10)
    .default(fallback)
    .describe('Factor of the result, which is cut off at 255.')
    .meta({ title: 'Factor' });

export const sobel = define({
  op: 'sobel',
  title: 'Sobel gradient',
  description: 'How fast levels change, by the Sobel kernel: bright along edges.',
  category: 'edges',
  params: z.strictObject({ direction, aperture: aperture([3, 5, 7]), scale: scale(1) }),
});

export const scharr = define({
  op: 'scharr',
  title: 'Scharr gradient',
  description: 'How fast levels change, by the Scharr kernel: as true for slanting edges as for others.',
  category: 'edges',
  params: z.strictObject({ direction, scale: scale(0.25) }),
});

export const prewitt = define({
  op: 'prewitt',
  title: 'Prewitt gradient',
  description: 'How fast levels change, by the Prewitt kernel: differences of plain means.',
  category: 'edges',
  params: z.strictObject({ direction, scale: scale(1) }),
});

export const laplacian = define({
  op: 'laplacian',
  title: 'Laplacian',
  description: 'The second derivative: bright on both sides of edges and at fine detail.',
  category: 'edges',
  params: z.strictObject({
    aperture: z
      .union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)])
      .default(1)
      .describe('Side of the kernels that differentiate; 1 is the plain one of four neighbours.')
      .meta({ title: 'Aperture', unit: 'px' }),
    scale: scale(1),
  }),
});

export const adaptiveThreshold = define({
  op: 'adaptive-threshold',
  title: 'Adaptive threshold',
  description:
    'White where a pixel is brighter than its surroundings less a constant: for pages that are lit unevenly.',
  category: 'edges',
  params: z.strictObject({
    method: z
      .enum(['mean', 'gaussian'])
      .default('mean')
      .describe('How neighbours count: all alike, or the nearer the more.')
      .meta({ title: 'Surroundings' }),
    block: z
      .int()
      .min(3)
      .max(61)
      .refine((value) => value % 2 === 1, 'must be odd')
      .default(21)
      .describe('Side of the surroundings in pixels (odd, 3–61).')
      .meta({ title: 'Side', unit: 'px', not: { multipleOf: 2 } }),
    constant: z
      .number()
      .min(-255)
      .max(255)
      .default(5)
      .describe(inLevels('Levels that are taken off the mean of the surroundings.'))
      .meta({ title: 'Constant' }),
    type: z
      .enum(['binary', 'binary-inverse'])
      .default('binary')
      .describe('White above the threshold, or black.')
      .meta({ title: 'Kind' }),
  }),
});
