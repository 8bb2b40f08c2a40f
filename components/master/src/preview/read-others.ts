import type { Region, Size } from '@tessera/contracts';
import { crop, otherWishes, previewOthers, type Raster, type TextMark, type Window } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { Others } from '../jobs/find-others.ts';
import { pictureOfImage } from '../zoom/picture.ts';
import type { AcquireOptions, PyramidCache } from '../zoom/pyramid-cache.ts';
import type { LevelWindows } from './level-windows.ts';
import { levelOf, scaledSize, type PreviewOverview, type PreviewPlan } from './plan-preview.ts';
import type { PreviewOther } from './preview-call.ts';
import type { PreviewTexts } from './preview-texts.ts';

export interface OtherParts {
  readonly pyramids: PyramidCache;
  readonly windows: LevelWindows;
  readonly texts: PreviewTexts;
}

/** A pipeline, and what it shows of a picture at a scale. */
type OtherPlan = Pick<PreviewPlan, 'pipeline' | 'picture' | 'region' | 'scale'>;

/** What a look at the whole picture shows. */
export function wholeAt({ steps, picture, scale, needed }: PreviewOverview): OtherPlan {
  return { pipeline: steps.filter((step) => step !== undefined), picture, scale, region: needed };
}

/** Another picture while it is read. */
interface OpenOther {
  readonly size: Size;
  read(region: Region): Promise<Raster>;
  release(): void;
}

/**
 * Reads what the steps of a preview need of other images and texts, at the scale of the preview.
 *
 * @param images those that the pipeline names.
 * @throws AppError as `PyramidCache.acquire`, and INVALID_PIPELINE for a text that can not be set.
 */
export async function readOthers(
  parts: OtherParts,
  plan: OtherPlan,
  images: Others,
  options: AcquireOptions,
): Promise<readonly PreviewOther[]> {
  const { pipeline, picture, region, scale } = plan;
  const others = new Map<string, OpenOther>();
  try {
    for (const { name, wish } of otherWishes(pipeline, picture)) {
      if (others.has(name)) continue;
      const other =
        wish.kind === 'text'
          ? await openText(parts, wish.mark, options)
          : await openImage(parts, wish.image, scale, images, options);
      others.set(name, other);
    }
    const sizeOf = (name: string): Size => found(others.get(name)).size;
    const windows = await Promise.all(
      previewOthers(pipeline, region, picture, sizeOf).map(async ({ name, region: needed }) => {
        const raster = await found(others.get(name)).read(needed);
        return { name, window: { x: needed.x, y: needed.y, raster } satisfies Window };
      }),
    );
    return [...others].map(([name, { size }]) => ({
      name,
      size,
      windows: windows.flatMap((one) => (one.name === name ? [one.window] : [])),
    }));
  } finally {
    for (const other of others.values()) other.release();
  }
}

async function openImage(
  { pyramids, windows }: OtherParts,
  id: string,
  scale: number,
  images: Others,
  options: AcquireOptions,
): Promise<OpenOther> {
  const image = found(images.get(id));
  const { pyramid, release } = await pyramids.acquire(pictureOfImage(image), options);
  const picture = scaledSize(pyramid, scale);
  const level = levelOf(pyramid, scale);
  return { size: picture, release, read: (needed) => windows.read(image.key, pyramid, { picture, needed, level }) };
}

async function openText({ texts }: OtherParts, mark: TextMark, { signal }: AcquireOptions): Promise<OpenOther> {
  const raster = await texts.set(mark, signal);
  return {
    size: { width: raster.width, height: raster.height },
    read: (needed) => Promise.resolve(crop({ x: 0, y: 0, raster }, needed)),
    release: () => undefined,
  };
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new AppError('INTERNAL', { details: { reason: 'another picture is missing' } });
  return value;
}
