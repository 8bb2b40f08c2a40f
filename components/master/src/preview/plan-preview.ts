import type { Pyramid } from '@tessera/codec';
import type { Pipeline, PreviewRequest, Region, Size, Step, StepShare } from '@tessera/contracts';
import {
  contains,
  countsColours,
  previewInput,
  previewIsExact,
  scalePipeline,
  sizeAfter,
  sizesThrough,
  wholeOf,
} from '@tessera/imaging';
import { AppError } from '@tessera/runtime';

type Source = Pick<Pyramid, 'width' | 'height' | 'levels'>;

/** How a preview is made. */
export interface PreviewPlan {
  /** The source at the size of the screen; `needed` lies in it. */
  readonly picture: Size;
  /** Size of what is shown over that of the result, at most 1. */
  readonly scale: number;
  readonly pipeline: Pipeline;
  /** What is shown of the result at that size. */
  readonly region: Region;
  /** What the operations read for it. */
  readonly needed: Region;
  /** The level that is read: the smallest that has all that the screen can show. */
  readonly level: number;
  readonly exact: boolean;
  /** What is left of each step at that size. */
  readonly shares: readonly StepShare[];
  /** Size of the whole result of the job. */
  readonly result: Size;
  /** A small copy of the whole picture, where some operation has to know how often colours occur in all of it. */
  readonly overview?: PreviewOverview;
}

export interface PreviewOverview extends Pick<PreviewPlan, 'picture' | 'scale' | 'needed' | 'level'> {
  /** The steps of the preview, scaled for the copy; undefined where nothing is left of one. */
  readonly steps: readonly (Step | undefined)[];
}

/** Longest side of the small copy in pixels. */
const OVERVIEW_SIDE = 512;
/** Pixels of the source that are read at most so that a preview of a much smaller result is exact. */
const READ_FOR_EXACT = 4_000_000;

/**
 * Chooses level and scale of a preview.
 *
 * @throws AppError BAD_REQUEST for a region outside the result, INVALID_PIPELINE where a step leaves nothing.
 */
export function planPreview(
  source: Source,
  { pipeline, side, region: wanted }: Pick<PreviewRequest, 'pipeline' | 'side' | 'region'>,
): PreviewPlan {
  const result = sizeAfter(pipeline, source);
  const part = wanted ?? wholeOf(result);
  if (!contains(wholeOf(result), part)) {
    throw new AppError('BAD_REQUEST', { message: 'The region lies outside the result.' });
  }
  const scale = Math.min(1, side / Math.max(part.width, part.height));
  const read = previewInput(pipeline, part, source);
  const keep = scale === 1 && read.width * read.height <= READ_FOR_EXACT;
  const small = scalePipeline(pipeline, source, scale, keep);
  const { picture, steps, isFull } = small;
  const region = isFull ? part : scaledRegion(part, result, small.result);
  const needed = previewInput(small.pipeline, region, picture);
  const isPart = needed.width < picture.width || needed.height < picture.height;
  const kept = pipeline.filter((_, n) => steps[n] !== undefined);
  return {
    picture,
    scale,
    pipeline: small.pipeline,
    region,
    needed,
    level: levelOf(source, shrunk(source, picture)),
    shares: pipeline.map((step, n) => shareOf(step, steps[n])),
    exact: isFull && previewIsExact(small.pipeline, region, picture),
    result,
    ...(isPart && countsColours(small.pipeline) ? { overview: overviewOf(source, kept) } : {}),
  };
}

function shareOf(step: Step, small: Step | undefined): StepShare {
  // What it cuts off is seen all the same.
  if (small === undefined || step.op === 'trim') return 'left-out';
  return JSON.stringify(small.params) === JSON.stringify(step.params) ? 'same' : 'scaled';
}

/** How much smaller a picture is than what it shows. */
const shrunk = (full: Size, picture: Size): number =>
  Math.max(picture.width, picture.height) / Math.max(full.width, full.height);

const scaled = (length: number, scale: number): number => Math.max(1, Math.round(length * scale));

/** The level with the fewest pixels that are enough for a scale. */
export function levelOf({ levels }: Pick<Pyramid, 'levels'>, scale: number): number {
  return Math.min(levels.length - 1, Math.floor(Math.log2(1 / scale)));
}

/** Size of a picture at a scale, at least one pixel a side. */
export function scaledSize({ width, height }: Size, scale: number): Size {
  return { width: scaled(width, scale), height: scaled(height, scale) };
}

function overviewOf(source: Source, pipeline: Pipeline): PreviewOverview {
  const longest = sizesThrough(pipeline, source).flatMap(({ width, height }) => [width, height]);
  const scale = Math.min(1, OVERVIEW_SIDE / Math.max(...longest));
  const { picture, steps } = scalePipeline(pipeline, source, scale, false);
  return { picture, scale, needed: wholeOf(picture), level: levelOf(source, shrunk(source, picture)), steps };
}

/** The region of another size of the picture that shows the same, at least one pixel. */
function scaledRegion(region: Region, from: Size, to: Size): Region {
  const [x, width] = span(region.x, region.width, from.width, to.width);
  const [y, height] = span(region.y, region.height, from.height, to.height);
  return { x, y, width, height };
}

function span(start: number, length: number, from: number, to: number): readonly [start: number, length: number] {
  const first = Math.min(to - 1, Math.round((start * to) / from));
  const end = Math.min(to, Math.max(first + 1, Math.round(((start + length) * to) / from)));
  return [first, end - first];
}

/** The whole pixels of a level that a region of the picture at another size needs. */
export function regionOfLevel(region: Region, picture: Size, level: Size): Region {
  const [x, width] = cover(region.x, region.width, picture.width, level.width);
  const [y, height] = cover(region.y, region.height, picture.height, level.height);
  return { x, y, width, height };
}

function cover(start: number, length: number, from: number, to: number): readonly [start: number, length: number] {
  const first = Math.min(to - 1, Math.floor((start * to) / from));
  const end = Math.min(to, Math.max(first + 1, Math.ceil(((start + length) * to) / from)));
  return [first, end - first];
}
