import type { InputFormat, OperationName, OutputFormat, Pipeline } from '@tessera/contracts';

/** Milliseconds of one core per megapixel of RGB, and per task; measured by `npm run bench -- costs`. */
export interface CostTable {
  readonly decode: Readonly<Record<InputFormat, number>>;
  readonly operation: Readonly<Record<OperationName, number>>;
  readonly encode: Readonly<Record<OutputFormat, number>>;
  /** Publishing, fetching, storing and reporting one task. */
  readonly task: number;
}

/** Measured on two cores of a 2.x GHz server processor. Only ratios matter: they decide whether to split. */
export const DEFAULT_COSTS: CostTable = {
  decode: { jpeg: 9, png: 14, webp: 18, avif: 45, tiff: 9, gif: 14 },
  operation: {
    grayscale: 3,
    canny: 60,
    threshold: 3,
    invert: 2,
    'gaussian-blur': 25,
    sharpen: 10,
    median: 40,
    dilate: 8,
    erode: 8,
    'swap-red-blue': 3,
  },
  encode: { png: 40, jpeg: 14, webp: 120, avif: 900, tiff: 40 },
  task: 15,
};

export interface CostQuestion {
  readonly pipeline: Pipeline;
  readonly pixels: number;
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
  const megapixels = question.pixels / 1e6;
  const decode = costs.decode[question.input] * megapixels;
  const operations = question.pipeline.reduce((sum, step) => sum + costs.operation[step.op], 0);
  const work = (operations + costs.encode[question.output]) * megapixels;
  const parallel = Math.max(1, Math.min(question.slots, question.tasks));
  return {
    unsplitMilliseconds: decode + work + costs.task,
    splitMilliseconds: decode + work / parallel + (Math.ceil(question.tasks / parallel) + 1) * costs.task,
  };
}
