import type { CatalogueKind, Plan } from '@tessera/contracts';
import { footprintOf } from '@tessera/geo';
import type { NewCatalogueProduct } from '@tessera/store';

/** What a request says of its product's place in the catalogue. */
export interface CatalogueWish {
  readonly description?: string | undefined;
  readonly creator?: string | undefined;
  readonly share?: boolean | undefined;
  /** ISO times with an offset. */
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
}

export interface CataloguedProduct {
  /** Its own id, not the job's: others may know it who must not know the job. */
  readonly id: string;
  readonly name: string;
  readonly kind: CatalogueKind;
  /** The index it shows, or `expression`; null where it is none. */
  readonly index: string | null;
  readonly plan: Plan;
}

/**
 * What a product is to be in the catalogue once its job is done. Its files are not asked: the plan knows the grid.
 *
 * @returns undefined for a product that does not say where it lies, or not so that it is understood here.
 */
export function cataloguedProduct(
  { id, name, kind, index, plan }: CataloguedProduct,
  wish: CatalogueWish = {},
): NewCatalogueProduct | undefined {
  const { width, height } = plan.picture;
  const footprint = plan.raster && footprintOf({ ...plan.raster.target, width, height });
  if (footprint === undefined) return undefined;
  const { outline, epsg, resolution } = footprint;
  const { description = '', creator = '', share = false, startTime, endTime } = wish;
  return {
    id,
    name: name.slice(0, 200),
    description,
    creator,
    kind,
    shared: share,
    outline,
    facts: { index, epsg, resolution, width, height },
    startsAt: startTime === undefined ? null : new Date(startTime),
    endsAt: endTime === undefined ? null : new Date(endTime),
  };
}
