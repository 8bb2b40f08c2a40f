import type { CatalogueProduct, CompanionRole } from '@tessera/contracts';
import { outlineBbox, outlineGeometry } from '@tessera/geo';
import type { CatalogueProductRow } from '@tessera/store';

/** Files of a product in the catalogue. */
export const FILE_ROLES = ['cog', 'picture', 'legend', 'legend-data'] as const;
export type FileRole = (typeof FILE_ROLES)[number];

/** Address of a file of an own product, from the root of the site. */
export function productFileUrl(id: string, role: FileRole): string {
  return `/api/v1/catalogue/products/${id}/files/${role}`;
}

/** A product as callers see it. */
export function catalogueProduct(row: CatalogueProductRow, isOwn: boolean): CatalogueProduct {
  const { index, epsg, resolution, width, height } = row.facts;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    creator: row.creator,
    kind: row.kind,
    index,
    footprint: outlineGeometry(row.outline),
    bbox: outlineBbox(row.outline),
    epsg,
    resolution,
    width,
    height,
    startTime: row.startsAt?.toISOString() ?? null,
    endTime: row.endsAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    site: row.origin,
    shared: row.shared,
    own: isOwn,
    links: { ...productLinks(row), job: isOwn && row.job !== null ? `/api/v1/jobs/${row.job}` : null },
  };
}

/** Addresses of its files: those of own products from the root of the site, others absolute. */
export function productLinks({ id, facts, result }: CatalogueProductRow) {
  if (facts.links !== undefined) return facts.links;
  const beside = (role: FileRole & CompanionRole): string | null =>
    result?.companions?.some((companion) => companion.role === role) === true ? productFileUrl(id, role) : null;
  return {
    cog: productFileUrl(id, 'cog'),
    picture: beside('picture'),
    legend: beside('legend'),
    legendData: beside('legend-data'),
  };
}
