import {
  isPictureFormat,
  isRasterStage,
  type BasicStage,
  type InputFormat,
  type OutputFormat,
  type Pass,
  type Plan,
  type SourceFormat,
  type Stage,
  type StageKind,
  type Step,
} from '@tessera/contracts';
import { rasterStageCost } from './raster-costs.ts';
import { DEFAULT_COSTS, type CostTable } from '../plan/cost.ts';

/** Of a global operation, the part that looks at the picture; the rest is paid where its state is applied. */
const OBSERVED = 0.85;

/** Milliseconds per megapixel of what the table of operations and formats does not hold; measured as that was. */
const MERGE = 0.2;
const RAW = 3;
const ASSEMBLE = 0.5;
const COMPARE = 4;

/** What one task of a stage is expected to take. */
export interface StageCost {
  readonly kind: StageKind;
  readonly tasks: number;
  /** Milliseconds of one core for each task. */
  readonly taskMilliseconds: number;
}

/** Formats that results are read back from by `verify`. */
const READ_BACK: Readonly<Record<OutputFormat, InputFormat>> = {
  png: 'png',
  jpeg: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tiff',
};

/** Costs of all stages of a plan; decoding the source is paid by the first, whose tasks wait for it. */
export function stageCosts(plan: Plan, input: SourceFormat, costs: CostTable = DEFAULT_COSTS): readonly StageCost[] {
  const { picture, pipeline, output } = plan;
  // Rasters are read by range, window by window: that is a part of what windows cost.
  const decode = isPictureFormat(input) ? costs.decode[input] : 0;
  const megapixels = (picture.width * picture.height) / 1e6;
  const ofSteps = (steps: readonly Step[]): number => steps.reduce((sum, { op }) => sum + costs.operation[op], 0);
  const ofPass = ({ before, global, after }: Pass): number =>
    ofSteps(before) + ofSteps(after) + (global ? (1 - OBSERVED) * costs.operation[global.step.op] : 0);

  /** Milliseconds per megapixel of the whole picture. */
  const ofBasic = (stage: BasicStage): number => {
    switch (stage.kind) {
      case 'observe':
        return ofPass(stage.pass) + OBSERVED * costs.operation[stage.step.op];
      case 'merge':
        return MERGE;
      case 'materialize':
        return ofPass(stage.pass) + RAW;
      case 'render':
        return ofPass(stage.pass) + costs.encode[output.format];
      case 'assemble':
        return ASSEMBLE;
      case 'verify':
        return decode + ofSteps(pipeline) + costs.decode[READ_BACK[output.format]] + COMPARE;
    }
  };
  const ofStage = (stage: Stage): number => {
    if (stage.kind === 'sequence') return stage.stages.reduce((sum, inner) => sum + ofBasic(inner), 0);
    if (isRasterStage(stage)) return plan.raster === undefined ? 0 : rasterStageCost(stage, plan.raster);
    return ofBasic(stage);
  };

  return plan.stages.map((stage, n) => {
    const work = (ofStage(stage) + (n === 0 ? decode : 0)) * megapixels;
    return { kind: stage.kind, tasks: stage.tasks, taskMilliseconds: work / stage.tasks + costs.task };
  });
}

/** Highest share of a job that is not done. */
const ALMOST = 0.995;

/**
 * Share of a job's work that is done, 0–1, by what each stage costs. It grows with each task, so it never falls, and
 * is below 1 until the job is done, which only the caller knows.
 */
export function shareDone(costs: readonly StageCost[], stagesDone: readonly number[]): number {
  let all = 0;
  let done = 0;
  for (const [n, { tasks, taskMilliseconds }] of costs.entries()) {
    all += tasks * taskMilliseconds;
    done += Math.min(tasks, stagesDone[n] ?? 0) * taskMilliseconds;
  }
  return all === 0 ? 0 : Math.min(ALMOST, done / all);
}
