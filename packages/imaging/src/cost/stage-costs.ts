import {
  cellsOf,
  isPictureFormat,
  isRasterStage,
  type BasicStage,
  type InputFormat,
  type OutputFormat,
  type Pass,
  type Plan,
  type Size,
  type SourceFormat,
  type Stage,
  type StageKind,
  type Step,
} from '@tessera/contracts';
import { encodeCost } from '../plan/cost.ts';
import type { CostTable } from './cost-table.ts';
import { DEFAULT_COSTS } from './default-costs.ts';
import { contentOf } from './content.ts';
import { DEPTH_COSTS } from './depth-costs.ts';
import { channelsInto, channelsOut, passCost, type PassPlace } from './pass-cost.ts';
import { rasterStageCost } from './raster-costs.ts';

/** Milliseconds per megapixel of what the table of operations and formats does not hold; measured as that was. */
const MERGE = 0.2;
/** Writing raw pixels, and reading them back, with three channels. */
const RAW = 6;
/** Reading and writing the strips of three channels, and hashing them. */
const ASSEMBLE = 1.5;
const COMPARE = 4;
/** What lossless formats take for edges and two levels, over what they take for photographs. */
const PLAIN = 0.25;

/** What one task of a stage is expected to take. */
export interface StageCost {
  readonly kind: StageKind;
  readonly tasks: number;
  /** Milliseconds of one core for each task. */
  readonly taskMilliseconds: number;
  /** What the last task takes of that: the last band of a picture may be lower than the others. */
  readonly lastPart: number;
  /** Milliseconds that the first tasks on each machine wait until the source is decoded, besides. */
  readonly waitMilliseconds: number;
}

/** Formats that results are read back from by `verify`. */
const READ_BACK: Readonly<Record<OutputFormat, InputFormat>> = {
  png: 'png',
  jpeg: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tiff',
};

/** Stages of one task for each region. */
const REGIONAL: ReadonlySet<StageKind> = new Set(['observe', 'materialize', 'render', 'tile']);
const LOSSLESS: ReadonlySet<OutputFormat> = new Set(['png', 'tiff']);

/** Costs of all stages of a plan; the tasks of the first wait for the source to be decoded. */
export function stageCosts(plan: Plan, input: SourceFormat, costs: CostTable = DEFAULT_COSTS): readonly StageCost[] {
  const { picture } = plan;
  // Rasters are read by range, window by window: that is a part of what windows cost.
  const work = DEPTH_COSTS[picture.depth ?? 8];
  const decode = isPictureFormat(input) ? costs.decode[input] * work.decoding : 0;
  const megapixels = megapixelsOf(picture);
  return plan.stages.map((stage, n) => {
    const { kind, tasks } = stage;
    const lastPart = lastPartOf(stage, plan);
    const wait = n === 0 ? decode * megapixels : 0;
    const own = stageCost(stage, { plan, decode, costs }) / (tasks - 1 + lastPart) + costs.task;
    // One task alone is not done before the source is decoded: there is nothing to tell the two from one another.
    return tasks === 1
      ? { kind, tasks, taskMilliseconds: own + wait, lastPart, waitMilliseconds: 0 }
      : { kind, tasks, taskMilliseconds: own, lastPart, waitMilliseconds: wait };
  });
}

function lastPartOf(stage: Stage, plan: Plan): number {
  const { kind, tasks } = stage;
  const { picture, grid } = cellsOf(plan, stage);
  const bands = tasks > 1 && grid.width >= picture.width && REGIONAL.has(kind);
  return bands ? (((picture.height - 1) % grid.height) + 1) / grid.height : 1;
}

interface CostPlace {
  readonly plan: Plan;
  /** Milliseconds per megapixel of the source. */
  readonly decode: number;
  readonly costs: CostTable;
}

const megapixelsOf = ({ width, height }: Size): number => (width * height) / 1e6;

/** Milliseconds of all tasks together. */
function stageCost(stage: Stage, place: CostPlace): number {
  const { plan } = place;
  if (stage.kind === 'sequence') {
    return stage.stages.reduce((sum, inner) => sum + basicCost(inner, stage.stages, place), 0);
  }
  if (isRasterStage(stage)) {
    return plan.raster === undefined ? 0 : rasterStageCost(stage, plan.raster) * megapixelsOf(plan.picture);
  }
  // A plan with a stage that is not basic has no basic one beside it.
  return basicCost(stage, plan.stages as readonly BasicStage[], place);
}

function basicCost(stage: BasicStage, stages: readonly BasicStage[], { plan, decode, costs }: CostPlace): number {
  const place: PassPlace = { plan, stages, costs: costs.operation };
  const cells = cellsOf(plan, stage);
  const worked = megapixelsOf(cells.picture);
  const { depth = 8 } = plan.picture;
  const { moving } = DEPTH_COSTS[depth];
  const compute = (pass: Pass, observed?: Step): number => passCost(pass, cells, place, observed);
  switch (stage.kind) {
    case 'observe':
      return worked * (readCost(stage, place) + compute(stage.pass, stage.step));
    case 'merge':
      return worked * MERGE;
    case 'materialize': {
      const write = RAW * moving * (channelsOut(stage.pass, place) / 3);
      return worked * (readCost(stage, place) + compute(stage.pass) + write);
    }
    case 'render': {
      const { format, channels } = plan.output;
      const plain = ['edges', 'levels'].includes(contentOf(plan.pipeline, channels)) && LOSSLESS.has(format);
      const encode = encodeCost(format, channels, costs, depth) * (plain ? PLAIN : 1);
      return worked * (readCost(stage, place) + compute(stage.pass) + encode);
    }
    case 'tile': {
      // A quarter of the pixels goes to the next level, and where the task makes all levels, a third in all.
      const below = stage.through > stage.level ? 4 / 3 : 1;
      const encode = encodeCost(plan.output.format, plan.output.channels, costs, 8) * below + RAW / 4;
      return worked * (readCost(stage, place) + compute(stage.pass) + encode);
    }
    case 'assemble':
      if (plan.output.tiles) return 0;
      return (
        megapixelsOf(plan.output) * ASSEMBLE * DEPTH_COSTS[plan.output.depth ?? 8].moving * (plan.output.channels / 3)
      );
    case 'verify': {
      const again = stages.filter(({ kind }) => kind !== 'assemble' && kind !== 'verify');
      const run = again.reduce((sum, one) => sum + basicCost(one, stages, { plan, decode, costs }), 0);
      const readBack =
        (costs.decode[READ_BACK[plan.output.format]] + COMPARE) * DEPTH_COSTS[plan.output.depth ?? 8].decoding;
      return megapixelsOf(plan.picture) * decode + run + megapixelsOf(plan.output) * readBack;
    }
  }
}

/** Fetching the pixels that an earlier stage left, for a megapixel of a region. */
function readCost({ pass }: Extract<BasicStage, { pass: unknown }>, place: PassPlace): number {
  return pass.source.kind === 'regions'
    ? RAW * DEPTH_COSTS[place.plan.picture.depth ?? 8].moving * (channelsInto(pass, place) / 3)
    : 0;
}

/** Expected milliseconds of one core for all of a job. */
export function workOf(costs: readonly StageCost[]): number {
  return costs.reduce((sum, { tasks, taskMilliseconds, lastPart, waitMilliseconds }) => {
    return sum + (tasks - 1 + lastPart) * taskMilliseconds + waitMilliseconds;
  }, 0);
}

/** Highest share of a job that is not done. */
const ALMOST = 0.995;

/**
 * Share of a job's work that is done, 0–1, by what each stage costs. It grows with each task, so it never falls, and
 * is below 1 until the job is done, which only the caller knows.
 */
export function shareDone(costs: readonly StageCost[], stagesDone: readonly number[]): number {
  const all = workOf(costs);
  const done = costs.reduce(
    (sum, cost, n) => sum + (Math.min(cost.tasks, stagesDone[n] ?? 0) / cost.tasks) * workOf([cost]),
    0,
  );
  return all === 0 ? 0 : Math.min(ALMOST, done / all);
}
