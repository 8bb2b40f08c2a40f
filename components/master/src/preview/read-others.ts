import type { Size } from '@tessera/contracts';
import { otherWishes, previewOthers } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { Others } from '../jobs/find-others.ts';
import { pictureOfImage } from '../zoom/picture.ts';
import type { AcquireOptions, PyramidCache, PyramidLease } from '../zoom/pyramid-cache.ts';
import type { LevelWindows } from './level-windows.ts';
import { levelOf, scaledSize, type PreviewOverview, type PreviewPlan } from './plan-preview.ts';
import type { PreviewOther } from './preview-call.ts';

/** A pipeline, and what it shows of a picture at a scale. */
type OtherPlan = Pick<PreviewPlan, 'pipeline' | 'picture' | 'region' | 'scale'>;

/** What a look at the whole picture shows. */
export function wholeAt({ steps, picture, scale, needed }: PreviewOverview): OtherPlan {
  return { pipeline: steps.filter((step) => step !== undefined), picture, scale, region: needed };
}

/**
 * Reads what the steps of a preview need of other images, at the scale of the preview.
 *
 * @param images those that the pipeline names.
 * @throws AppError as `PyramidCache.acquire`.
 */
export async function readOthers(
  { pyramids, windows }: { readonly pyramids: PyramidCache; readonly windows: LevelWindows },
  plan: OtherPlan,
  images: Others,
  options: AcquireOptions,
): Promise<readonly PreviewOther[]> {
  const { pipeline, picture, region, scale } = plan;
  const others = new Map<string, PyramidLease & { readonly key: string; readonly size: Size }>();
  try {
    for (const { name, wish } of otherWishes(pipeline, picture)) {
      const image = wish.kind === 'image' ? images.get(wish.image) : undefined;
      if (image === undefined || others.has(name)) continue;
      const lease = await pyramids.acquire(pictureOfImage(image), options);
      others.set(name, { ...lease, key: image.key, size: scaledSize(lease.pyramid, scale) });
    }
    const find = (name: string) => {
      const other = others.get(name);
      if (other === undefined) throw new AppError('INTERNAL', { details: { reason: 'another image is missing' } });
      return other;
    };
    const read = previewOthers(pipeline, region, picture, (name) => find(name).size).map(async (needed) => {
      const { key, pyramid, size } = find(needed.name);
      const at = { picture: size, needed: needed.region, level: levelOf(pyramid, scale) };
      const raster = await windows.read(key, pyramid, at);
      return { name: needed.name, window: { x: needed.region.x, y: needed.region.y, raster } };
    });
    const made = await Promise.all(read);
    return [...others].map(([name, { size }]) => ({
      name,
      size,
      windows: made.flatMap((one) => (one.name === name ? [one.window] : [])),
    }));
  } finally {
    for (const { release } of others.values()) release();
  }
}
