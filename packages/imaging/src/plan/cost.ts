import type { Depth, InputFormat, OutputFormat, Pipeline } from '@tessera/contracts';
import type { CostTable } from '../cost/cost-table.ts';
import { stepCost } from '../cost/step-cost.ts';
import { DEPTH_COSTS } from '../cost/depth-costs.ts';
import { channelsAfter, roundsOf } from '../pass/halo.ts';
import { OUTPUT_FORMATS } from './output-format.ts';

export interface CostQuestion {
  readonly pipeline: Pipeline;
  /** Pixels of the source, all of which are decoded. */
  readonly decoded: number;
  /** Pixels that go into each step; the last are those of the result. */
  readonly pixels: readonly number[];
  readonly channels: number;
  /** Bits of the samples that are worked on. */
  readonly depth: Depth;
  readonly input: InputFormat;
  readonly output: OutputFormat;
  /** Tasks of the split plan. */
  readonly tasks: number;
  /** Tasks that can run at one time. */
  readonly slots: number;
}

export interface CostAnswer {
  readonly unsplitMilliseconds: number;
  readonly splitMilliseconds: number;
}

/** Estimates how long a job takes on one slot and split over `slots`; the decode is paid once per executor either way. */
export function estimate(question: CostQuestion, costs: CostTable): CostAnswer {
  const { decoding } = DEPTH_COSTS[question.depth];
  const decode = (costs.decode[question.input] * decoding * question.decoded) / 1e6;
  const { operations, channels } = pipelineCost(question, costs);
  const encode = encodeCost(question.output, channels, costs, question.depth);
  const work = operations + (encode * question.pixels.at(-1)!) / 1e6;
  const parallel = Math.max(1, Math.min(question.slots, question.tasks));
  // Each time that an operation looks at all of the picture, all tasks wait for its merge.
  const turns = Math.max(
    1,
    question.pipeline.reduce((sum, step) => sum + roundsOf(step), 0),
  );
  return {
    unsplitMilliseconds: decode + work + costs.task,
    splitMilliseconds: decode + work / parallel + turns * (Math.ceil(question.tasks / parallel) + 1) * costs.task,
  };
}

/**
 * Encoding a megapixel of so many channels, which is all but in proportion to them.
 *
 * @param depth of the samples that were worked on.
 */
export const encodeCost = (format: OutputFormat, channels: number, costs: CostTable, depth: Depth): number =>
  ((costs.encode[format] * channels) / 3) * (OUTPUT_FORMATS[format].depth === depth ? DEPTH_COSTS[depth].encoding : 1);

/** Of all steps, and the channels that are left. What needs the whole picture looks at it once a round to observe, and to apply. */
function pipelineCost(
  { pipeline, pixels, channels, depth }: Pick<CostQuestion, 'pipeline' | 'pixels' | 'channels' | 'depth'>,
  costs: CostTable,
): { readonly operations: number; readonly channels: number } {
  return pipeline.reduce(
    (sum, step, n) => {
      const looks = roundsOf(step) + 1;
      const milliseconds = (looks * stepCost(step, sum.channels, costs.operation, depth) * pixels[n + 1]!) / 1e6;
      return { operations: sum.operations + milliseconds, channels: channelsAfter([step], sum.channels) };
    },
    { operations: 0, channels },
  );
}
