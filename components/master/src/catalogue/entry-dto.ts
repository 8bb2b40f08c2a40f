import type { CatalogueEntry, Outline, Position } from '@tessera/contracts';
import { outlineBbox, outlineGeometry } from '@tessera/geo';
import type { CatalogueEntryRow } from '@tessera/store';
import { productFileUrl } from './product-dto.ts';

/** An entry as callers see it. */
export function catalogueEntry(row: CatalogueEntryRow, isOwn: boolean): CatalogueEntry {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    creator: row.creator,
    geometry: outlineGeometry(row.outline),
    bbox: outlineBbox(row.outline),
    corners: row.kind === 'image' ? cornersOf(row.outline) : null,
    image: entryImage(row),
    product: row.facts.product ?? null,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    site: row.origin,
    shared: row.shared,
    own: isOwn,
  };
}

/** Address of the picture of an image entry: of an own one from the root of the site, others absolute. */
export function entryImage({ id, image, facts }: CatalogueEntryRow): string | null {
  if (facts.link !== undefined) return facts.link;
  if (image !== null) return `/api/v1/catalogue/entries/${id}/image`;
  return facts.product === undefined ? null : productFileUrl(facts.product, 'picture');
}

function cornersOf(outline: Outline): readonly [Position, Position, Position, Position] {
  const at = (n: number): Position => {
    const { coordinates } = outlineGeometry([outline[n] ?? [0, 0]]);
    return coordinates as Position;
  };
  return [at(0), at(1), at(2), at(3)];
}
