import * as z from 'zod';
import { statistics } from './analysis.ts';
import { bilateral, boxBlur, gaussianBlur, median, motionBlur, rankFilter } from './blur.ts';
import { clahe } from './clahe.ts';
import { channelMixer, grayscale, hueSaturationLightness, sepia, swapRedBlue, tint, whiteBalance } from './colour.ts';
import { connectedComponents } from './components.ts';
import type { OperationDefinition } from './definition.ts';
import { autoLevels, equalizeHistogram, grayWorld, kMeans, normalize, otsu } from './distribution.ts';
import { nonLocalMeans } from './denoise.ts';
import { blend, mask, watermark, watermarkText } from './combine.ts';
import { emboss, filter2d, highPass, sharpen, unsharpMask } from './detail.ts';
import { adaptiveThreshold, canny, cannyOtsu, laplacian, overlayEdges, prewitt, scharr, sobel } from './edges.ts';
import { pixelate, vignette } from './effects.ts';
import { floodFill } from './flood-fill.ts';
import { affine, crop, flip, flop, pad, perspective, resize, rotate, trim } from './geometry.ts';
import { dilate, erode, morphology } from './morphology.ts';
import { brightnessContrast, curves, gamma, invert, levels, posterize, solarize, threshold } from './tone.ts';

/** Every operation of the catalogue, in the order in which people see them. */
export const OPERATIONS = [
  grayscale,
  canny,
  threshold,
  invert,
  gaussianBlur,
  sharpen,
  median,
  dilate,
  erode,
  swapRedBlue,
  brightnessContrast,
  gamma,
  levels,
  curves,
  posterize,
  solarize,
  clahe,
  hueSaturationLightness,
  whiteBalance,
  sepia,
  tint,
  channelMixer,
  autoLevels,
  equalizeHistogram,
  normalize,
  grayWorld,
  otsu,
  kMeans,
  boxBlur,
  motionBlur,
  bilateral,
  nonLocalMeans,
  rankFilter,
  unsharpMask,
  highPass,
  emboss,
  filter2d,
  sobel,
  scharr,
  prewitt,
  laplacian,
  overlayEdges,
  adaptiveThreshold,
  cannyOtsu,
  morphology,
  floodFill,
  pixelate,
  vignette,
  crop,
  trim,
  resize,
  rotate,
  flip,
  flop,
  pad,
  affine,
  perspective,
  statistics,
  connectedComponents,
  blend,
  mask,
  watermark,
  watermarkText,
] as const;

export type OperationName = (typeof OPERATIONS)[number]['op'];

/** Parameters of an operation with every default filled in. */
export type OperationParams<Op extends OperationName> = z.output<
  Extract<(typeof OPERATIONS)[number], { op: Op }>['params']
>;

/** One operation of a pipeline with complete parameters. */
export type Step = { [Op in OperationName]: { readonly op: Op; readonly params: OperationParams<Op> } }[OperationName];

function stepOption(definition: OperationDefinition) {
  const params: z.ZodType = definition.params;
  return z.strictObject({ op: z.literal(definition.op), params: params.prefault({}) });
}

const [first, ...rest] = OPERATIONS;
const options = [stepOption(first), ...rest.map(stepOption)] as const;

/** A step as people write it: parameters left out take their defaults. */
export const stepSchema = z.discriminatedUnion('op', options) as unknown as z.ZodType<
  Step,
  { op: string; params?: Record<string, unknown> | undefined }
>;

export const pipelineSchema = z.array(stepSchema).max(32);
export type Pipeline = readonly Step[];

/** A step as people write it. */
export type StepInput = z.input<typeof stepSchema>;
