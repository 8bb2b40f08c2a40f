import type { Plan, RasterWork } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { planCog, type CogLayout } from '../cog/cog-layout.ts';
import type { CogMetadata } from '../cog/cog-options.ts';
import { planPieces, type PieceStage } from '../cog/plan-pieces.ts';

/** A product's plan as those who compute and encode it need it. */
export interface ProductLayout {
  readonly work: RasterWork;
  readonly cog: CogLayout;
  /** The n-th raster stage has a task for each region of the n-th of these. */
  readonly pieces: readonly PieceStage[];
}

/**
 * Lays out the file of a product; the same on every machine that has the plan.
 *
 * @param metadata for the file's header; tiles do not depend on it.
 * @throws AppError BAD_REQUEST for a plan that is not one of a product.
 */
export function productLayout(plan: Pick<Plan, 'picture' | 'raster'>, metadata?: CogMetadata): ProductLayout {
  const work = plan.raster;
  if (work === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'not the plan of a product' } });
  const { width, height } = plan.picture;
  return layoutOf(work, { width, height }, metadata);
}

/** @param size of the product in pixels. */
export function layoutOf(
  work: RasterWork,
  size: { readonly width: number; readonly height: number },
  metadata?: CogMetadata,
): ProductLayout {
  const { target, cog: wish } = work;
  const isPicture = target.type === 'uint8' && target.bands.length === 3;
  const cog = planCog({
    ...size,
    type: target.type,
    bands: target.bands.length,
    tile: wish.tile,
    compression: wish.compression,
    level: wish.level,
    nodata: target.nodata,
    epsg: target.epsg,
    transform: target.transform,
    resampling: wish.overviews,
    photometric: isPicture ? 'rgb' : 'grey',
    metadata,
  });
  return { work, cog, pieces: planPieces(cog, wish.windowPixels) };
}
