import type { Pyramid } from '@tessera/codec';
import type { Pipeline, PreviewRequest, Region, Size } from '@tessera/contracts';
import { contains, previewInput, previewIsExact, scaleStep, wholeOf } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';

/** How a preview is made. */
export interface PreviewPlan {
  /** The picture at the size of the screen; `region` and `needed` lie in it. */
  readonly picture: Size;
  readonly pipeline: Pipeline;
  /** What is shown. */
  readonly region: Region;
  /** What the operations read for it. */
  readonly needed: Region;
  /** The level that is read: the smallest that has all that the screen can show. */
  readonly level: number;
  readonly exact: boolean;
}

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
  const picture = { width: scaled(source.width, scale), height: scaled(source.height, scale) };
  const region = scale === 1 ? part : scaledRegion(part, source, picture);
  const steps = pipeline.flatMap((step) => scaleStep(step, scale) ?? []);
  return {
    picture,
    pipeline: steps,
    region,
    needed: previewInput(steps, region, picture),
    level: Math.min(source.levels.length - 1, Math.floor(Math.log2(1 / scale))),
    exact: scale === 1 && previewIsExact(steps, region, picture),
  };
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
