import type {
  BasicStage,
  Grid,
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
import { gridCount } from '../region.ts';
import { DEFAULT_COSTS, estimate, type CostTable } from './cost.ts';
import { cut, uncut } from './cut.ts';
import { OUTPUT_FORMATS } from './output-format.ts';
import { resolveOutput } from './resolve-output.ts';
import { stagesOf } from './stages.ts';

export interface PlanOptions {
  readonly split: Split;
  readonly verify: boolean;
  /** Format of the source, for its decode cost. */
  readonly input: InputFormat;
  /** Tasks that the living executors can run at one time. */
  readonly slots: number;
}

export interface PlanLimits {
  /** Pixels that a region should hold, at least and at most; between them as many as give each slot some regions. */
  readonly regionPixels: { readonly least: number; readonly most: number };
  /** Regions for each slot: enough that no slot waits long for the last ones of others. */
  readonly regionsPerSlot: number;
  /** Most pixels that one task may hold; larger pictures are always split. */
  readonly unsplitPixels: number;
  /** Most pixels that `verify` may ask one task to hold. */
  readonly verifyPixels: number;
  /** A split must be this many times as fast to be chosen. */
  readonly worthwhile: number;
  /** Jobs estimated to be shorter than this are not split, in milliseconds. */
  readonly shortMilliseconds: number;
  readonly costs: CostTable;
}

export const DEFAULT_PLAN_LIMITS: PlanLimits = {
  regionPixels: { least: 3_145_728, most: 12_582_912 },
  regionsPerSlot: 6,
  unsplitPixels: 50_000_000,
  verifyPixels: 200_000_000,
  worthwhile: 1.25,
  shortMilliseconds: 1500,
  costs: DEFAULT_COSTS,
};

/**
 * Turns facts of an image and a pipeline into the plan of a job. Pure: the same arguments give the same plan.
 *
 * @throws AppError INVALID_PIPELINE (the plan is longer than a message may be), OUTPUT_TOO_LARGE (the format can't hold the picture, or one task could not), VERIFY_TOO_LARGE.
 */
export function planJob(
  picture: Picture,
  pipeline: Pipeline,
  request: OutputRequest,
  options: PlanOptions,
  limits: PlanLimits = DEFAULT_PLAN_LIMITS,
): Plan {
  const output = resolveOutput(request, { ...picture, channels: channelsAfter(pipeline, picture.channels) });
  const { grid, reason } = decide(picture, pipeline, output, options, limits);
  const stages = stagesOf(pipeline, gridCount(grid, output), options);
  return sendable({
    kernel: KERNEL_VERSION,
    picture: { width: picture.width, height: picture.height, channels: picture.channels },
    pipeline: [...pipeline],
    grid,
    output,
    stages: inSequence(stages),
    reason,
  });
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
  readonly grid: Grid;
  readonly reason: string;
}

function decide(
  picture: Picture,
  pipeline: Pipeline,
  output: Output,
  options: PlanOptions,
  limits: PlanLimits,
): Decision {
  const pixels = picture.width * picture.height;
  const whole = (reason: string): Decision => ({ grid: uncut(output), reason });
  if (options.verify && pixels > limits.verifyPixels) {
    throw new AppError('VERIFY_TOO_LARGE', {
      message: `Images above ${megapixels(limits.verifyPixels)} can not be verified: the unsplit run would not fit one machine.`,
    });
  }
  const { splittable, maxPixels } = OUTPUT_FORMATS[output.format];
  if (!splittable || options.split === 'never') {
    if (pixels > maxPixels) throw tooLargeForOne(output.format, maxPixels);
    return whole(
      splittable ? 'one region: asked for' : `one region: ${output.format} files can not be joined from pieces`,
    );
  }

  const grid = cut(output, regionPixels(pixels, options.slots, limits));
  const tasks = gridCount(grid, output);
  if (tasks === 1) return whole('one region: the image is too small to be cut');
  if (options.split === 'always') return { grid, reason: `${tasks} regions: asked for` };
  if (pixels > limits.unsplitPixels) {
    return { grid, reason: `${tasks} regions: above ${megapixels(limits.unsplitPixels)} for one task` };
  }
  const cost = estimate(
    {
      pipeline,
      pixels,
      channels: picture.channels,
      input: options.input,
      output: output.format,
      tasks,
      slots: options.slots,
    },
    limits.costs,
  );
  const worthwhile =
    cost.unsplitMilliseconds > limits.shortMilliseconds &&
    cost.unsplitMilliseconds > limits.worthwhile * cost.splitMilliseconds;
  const figures = `about ${seconds(cost.unsplitMilliseconds)} on one slot, ${seconds(cost.splitMilliseconds)} on ${options.slots}`;
  return worthwhile ? { grid, reason: `${tasks} regions: ${figures}` } : whole(`one region: ${figures}`);
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
