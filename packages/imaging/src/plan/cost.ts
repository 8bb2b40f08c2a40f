import type { InputFormat, OperationName, OutputFormat, Pipeline } from '@tessera/contracts';

/** Milliseconds of one core per megapixel of RGB, and per task. */
export interface CostTable {
  readonly decode: Readonly<Record<InputFormat, number>>;
  readonly operation: Readonly<Record<OperationName, number>>;
  readonly encode: Readonly<Record<OutputFormat, number>>;
  /** Publishing, fetching, storing and reporting one task. */
  readonly task: number;
}

/**
 * Measured on one thread of a server processor, an enlarged photograph of 12000 × 12000 pixels in bands. Only ratios
 * matter: they decide whether to split. Encoding includes reading the window and hashing its blocks.
 */
export const DEFAULT_COSTS: CostTable = {
  decode: { jpeg: 5, png: 12, webp: 18, avif: 45, tiff: 6, gif: 14 },
  operation: {
    grayscale: 1.5,
    canny: 50,
    threshold: 2,
    invert: 1.5,
    'gaussian-blur': 10,
    sharpen: 3,
    median: 7,
    dilate: 5,
    erode: 5,
    'swap-red-blue': 2,
  },
  encode: { png: 18, jpeg: 9, webp: 120, avif: 900, tiff: 25 },
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
