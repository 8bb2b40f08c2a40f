import type { Pyramid } from '@tessera/codec';
import type { Pipeline, PreviewRequest, Region, Size, Step } from '@tessera/contracts';
import { contains, countsColours, previewInput, previewIsExact, scaleStep, wholeOf } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';

/** How a preview is made. */
export interface PreviewPlan {
  /** The picture at the size of the screen; `region` and `needed` lie in it. */
  readonly picture: Size;
  /** Its size over that of the image, at most 1. */
  readonly scale: number;
  readonly pipeline: Pipeline;
  /** What is shown. */
  readonly region: Region;
  /** What the operations read for it. */
  readonly needed: Region;
  /** The level that is read: the smallest that has all that the screen can show. */
  readonly level: number;
  readonly exact: boolean;
  /** A small copy of the whole picture, where some operation has to know how often colours occur in all of it. */
  readonly overview?: PreviewOverview;
}

export interface PreviewOverview extends Pick<PreviewPlan, 'picture' | 'scale' | 'needed' | 'level'> {
  /** The steps of the preview, scaled for the copy; undefined where nothing is left of one. */
  readonly steps: readonly (Step | undefined)[];
}

/** Longest side of the small copy in pixels. */
const OVERVIEW_SIDE = 512;

/**
 * Chooses level and scale of a preview.
 *
 * @throws AppError BAD_REQUEST for a region outside the picture.
 */
export function planPreview(
  source: Pick<Pyramid, 'width' | 'height' | 'levels'>,
  { pipeline, side, region: wanted }: Pick<PreviewRequest, 'pipeline' | 'side' | 'region'>,
): PreviewPlan {
  const part = wanted ?? wholeOf(source);
  if (!contains(wholeOf(source), part)) {
    throw new AppError('BAD_REQUEST', { message: 'The region lies outside the image.' });
  }
  const scale = Math.min(1, side / Math.max(part.width, part.height));
  const picture = scaledSize(source, scale);
  const region = scale === 1 ? part : scaledRegion(part, source, picture);
  const kept = pipeline.filter((step) => scaleStep(step, scale) !== undefined);
  const steps = kept.flatMap((step) => scaleStep(step, scale) ?? []);
  const needed = previewInput(steps, region, picture);
  const isPart = needed.width < picture.width || needed.height < picture.height;
  return {
    picture,
    scale,
    pipeline: steps,
    region,
    needed,
    level: levelOf(source, scale),
    exact: scale === 1 && previewIsExact(steps, region, picture),
    ...(isPart && countsColours(steps) ? { overview: overviewOf(source, kept) } : {}),
  };
}

/** The level with the fewest pixels that are enough for a scale. */
export function levelOf({ levels }: Pick<Pyramid, 'levels'>, scale: number): number {
  return Math.min(levels.length - 1, Math.floor(Math.log2(1 / scale)));
}

/** Size of a picture at a scale, at least one pixel a side. */
export function scaledSize({ width, height }: Size, scale: number): Size {
  return { width: scaled(width, scale), height: scaled(height, scale) };
}

function overviewOf(source: Pick<Pyramid, 'width' | 'height' | 'levels'>, pipeline: Pipeline): PreviewOverview {
  const scale = Math.min(1, OVERVIEW_SIDE / Math.max(source.width, source.height));
  const picture = scaledSize(source, scale);
  const steps = pipeline.map((step) => scaleStep(step, scale));
  return { picture, scale, needed: wholeOf(picture), level: levelOf(source, scale), steps };
}

const scaled = (length: number, scale: number): number => Math.max(1, Math.round(length * scale));

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
