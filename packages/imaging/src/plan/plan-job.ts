import type {
  BasicStage,
  InputFormat,
  Output,
  OutputFormat,
  OutputRequest,
  Picture,
  Pipeline,
  Plan,
  Split,
  Stage,
} from '@tessera/contracts';
import { MAX_MESSAGE_BYTES } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { KERNEL_VERSION } from '../kernel-version.ts';
import { channelsAfter } from '../pass/halo.ts';
import { checkTrim } from '../pass/trimmed.ts';
import { sampleBytes } from '../raster.ts';
import { gridCount } from '../region.ts';
import { checkDepth } from './check-depth.ts';
import { estimate } from './cost.ts';
import { uncut } from './cut.ts';
import { cutAll, UNCUT, type Cutting } from './cutting.ts';
import { limitsAt } from './limits-at.ts';
import { OUTPUT_FORMATS } from './output-format.ts';
import { DEFAULT_PLAN_LIMITS, type PlanLimits } from './plan-limits.ts';
import { resolveOutput, thumbnailSides } from './resolve-output.ts';
import { stagesOf } from './stages.ts';
import { thumbnailStep } from './thumbnail-step.ts';
import { areaOf, wayOf, type Way } from './way.ts';

export interface PlanOptions {
  readonly split: Split;
  readonly verify: boolean;
  /** Format of the source, for its decode cost. */
  readonly input: InputFormat;
  /** Tasks that the living executors can run at one time. */
  readonly slots: number;
  /** Jobs that are asked for at once, and share the slots; absent: this one. */
  readonly together?: number;
}

/**
 * Turns facts of an image and a pipeline into the plan of a job. Pure: the same arguments give the same plan.
 *
 * @throws AppError UNSUPPORTED_DEPTH (a step does not compute in the depth of the image), OUTPUT_TOO_LARGE (the format can't hold the picture, one task could not, or a step makes too much),
 *   VERIFY_TOO_LARGE, INVALID_PIPELINE (a step would leave nothing of the picture, or the plan is longer than a message
 *   may be).
 */
export function planJob(
  image: Picture,
  pipeline: Pipeline,
  request: OutputRequest,
  options: PlanOptions,
  generalLimits: PlanLimits = DEFAULT_PLAN_LIMITS,
): Plan {
  const picture = workedOn(image, request);
  const { depth = 8 } = picture;
  checkDepth(pipeline, depth);
  const limits = limitsAt(generalLimits, depth);
  checkTrim(pipeline, !request.tiles && !request.thumbnails);
  const [largest] = request.thumbnails ? thumbnailSides(request) : [];
  // The largest thumbnail is what takes most.
  const made = largest === undefined ? pipeline : [...pipeline, thumbnailStep(largest)];
  const way = wayOf(made, picture, limits);
  const output = resolveOutput(request, {
    ...picture,
    ...way.result,
    channels: channelsAfter(pipeline, picture.channels),
  });
  const { cutting, reason } = decide({ picture, pipeline: made, way }, output, options, limits);
  return sendable({
    kernel: KERNEL_VERSION,
    picture,
    pipeline: [...pipeline],
    grid: cutting.result,
    output,
    stages: inSequence(stagesOf(pipeline, picture, cutting, { verify: options.verify, output })),
    reason,
  });
}

/** The facts of the picture as it is worked on: in the depth of the image, unless 8 bits are asked for. */
function workedOn({ width, height, channels, depth }: Picture, request: OutputRequest): Picture {
  return { width, height, channels, ...(depth === 16 && request.depth !== 8 && { depth }) };
}

/** Bytes of a message besides its plan: ids, and what tells of the image. */
const REST_OF_MESSAGE = 4096;

/** @throws AppError INVALID_PIPELINE if the plan does not fit into a message. */
function sendable(plan: Plan): Plan {
  const { length } = new TextEncoder().encode(JSON.stringify(plan));
  if (length > MAX_MESSAGE_BYTES - REST_OF_MESSAGE) {
    throw new AppError('INVALID_PIPELINE', {
      message: `This pipeline makes a plan of ${String(plan.stages.length)} stages, which is longer than a message may be. Use fewer steps or rounds.`,
    });
  }
  return plan;
}

/** Stages of one task each travel in one message: one executor runs them one after another. */
function inSequence(stages: readonly BasicStage[]): Stage[] {
  return stages.every((stage) => stage.tasks === 1)
    ? [{ kind: 'sequence', tasks: 1, stages: [...stages] }]
    : [...stages];
}

interface Decision {
  readonly cutting: Cutting;
  readonly reason: string;
}

interface Work {
  readonly picture: Picture;
  readonly pipeline: Pipeline;
  readonly way: Way;
}

function decide(work: Work, output: Output, options: PlanOptions, limits: PlanLimits): Decision {
  const { most } = work.way;
  const whole = (reason: string): Decision => ({ cutting: { ...UNCUT, result: uncut(output) }, reason });
  if (options.verify && most > limits.verifyPixels) {
    throw new AppError('VERIFY_TOO_LARGE', {
      message: `Images above ${megapixels(limits.verifyPixels)} can not be verified: the unsplit run would not fit one machine.`,
    });
  }
  const measure = {
    regionPixels: regionPixels(most, options.slots, limits),
    outOf: most,
    heldPixels: limits.unsplitPixels,
  };
  const maxPixels =
    OUTPUT_FORMATS[output.tiles ? 'png' : output.format].maxPixels / sampleBytes(work.picture.depth ?? 8);
  const splittable = output.tiles !== undefined || OUTPUT_FORMATS[output.format].splittable;
  if (!splittable || options.split === 'never') {
    if (Math.max(areaOf(output), splittable ? most : 0) > maxPixels) throw tooLargeForOne(output.format, maxPixels);
    if (most > maxPixels) {
      const reason = `one region of the result: ${output.format} files can not be joined from pieces; what is before it is cut`;
      return { cutting: cutAll(output, measure, true), reason };
    }
    return whole(
      splittable ? 'one region: asked for' : `one region: ${output.format} files can not be joined from pieces`,
    );
  }

  const cutting = cutAll(output, measure);
  const tasks = gridCount(cutting.result, output);
  const isLarge = most > limits.unsplitPixels;
  if (tasks === 1 && !isLarge) return whole('one region: the image is too small to be cut');
  if (options.split === 'always') return { cutting, reason: `${tasks} regions: asked for` };
  if (isLarge) return { cutting, reason: `${tasks} regions: above ${megapixels(limits.unsplitPixels)} for one task` };
  // Of many jobs each keeps a slot at work for as long as it takes, whole or cut: cutting them only adds to that.
  const slots = Math.max(1, Math.floor(options.slots / (options.together ?? 1)));
  const cost = estimate(
    {
      pipeline: work.pipeline,
      decoded: areaOf(work.picture),
      pixels: work.way.pixels,
      channels: work.picture.channels,
      depth: work.picture.depth ?? 8,
      input: options.input,
      output: output.format,
      tasks,
      slots,
    },
    limits.costs,
  );
  const worthwhile =
    cost.unsplitMilliseconds > limits.shortMilliseconds &&
    cost.unsplitMilliseconds > limits.worthwhile * cost.splitMilliseconds;
  const figures = `about ${seconds(cost.unsplitMilliseconds)} on one slot, ${seconds(cost.splitMilliseconds)} on ${slots}`;
  return worthwhile ? { cutting, reason: `${tasks} regions: ${figures}` } : whole(`one region: ${figures}`);
}

/** Few large regions cost less than many small ones, but leave slots idle at the end. */
function regionPixels(
  pixels: number,
  slots: number,
  { regionPixels: { least, most }, regionsPerSlot }: PlanLimits,
): number {
  return Math.min(most, Math.max(least, Math.ceil(pixels / (slots * regionsPerSlot))));
}

function tooLargeForOne(format: OutputFormat, pixels: number): AppError {
  return new AppError('OUTPUT_TOO_LARGE', {
    message: `One machine would hold the whole ${format} image; that is allowed up to ${megapixels(pixels)}.`,
  });
}

const megapixels = (pixels: number): string => `${Math.round(pixels / 1e6)} megapixels`;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
