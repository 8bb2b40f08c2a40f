import type { CatalogueKind } from '@tessera/contracts';
import type { CatalogueExtent } from '@tessera/store';

export const STAC_VERSION = '1.1.0';

/** Ids of our collections, each with all that is shared of one kind. */
export const COLLECTIONS: Readonly<Record<string, CatalogueKind>> = {
  'tessera-indices': 'index',
  'tessera-composites': 'composite',
  'tessera-mosaics': 'mosaic',
};

const WORDS: Readonly<
  Record<CatalogueKind, { readonly id: string; readonly title: string; readonly description: string }>
> = {
  index: {
    id: 'tessera-indices',
    title: 'Indices',
    description: 'Indices and band math of satellite scenes, as cloud-optimized GeoTIFFs.',
  },
  composite: {
    id: 'tessera-composites',
    title: 'Composites',
    description: 'Many scenes of one place made into one, pixel by pixel, as cloud-optimized GeoTIFFs.',
  },
  mosaic: {
    id: 'tessera-mosaics',
    title: 'Mosaics',
    description: 'Scenes side by side on one grid, as cloud-optimized GeoTIFFs.',
  },
};

export function collectionOf(kind: CatalogueKind): string {
  return WORDS[kind].id;
}

/** A STAC collection; `root` is the address of the catalogue. */
export function stacCollection(root: string, kind: CatalogueKind, extents: readonly CatalogueExtent[]) {
  const { id, title, description } = WORDS[kind];
  const extent = extents.find((one) => one.kind === kind);
  const self = `${root}/collections/${id}`;
  return {
    type: 'Collection',
    stac_version: STAC_VERSION,
    id,
    title,
    description,
    license: 'other',
    extent: {
      spatial: { bbox: [spatial(extent)] },
      temporal: { interval: [[extent?.from.toISOString() ?? null, extent?.to.toISOString() ?? null]] },
    },
    links: [
      { rel: 'self', type: 'application/json', href: self },
      { rel: 'root', type: 'application/json', href: root, title: 'Tessera' },
      { rel: 'parent', type: 'application/json', href: root, title: 'Tessera' },
      { rel: 'items', type: 'application/geo+json', href: `${self}/items` },
    ],
  };
}

/** What reaches beyond the antimeridian is given the whole way around. */
function spatial(extent: CatalogueExtent | undefined): readonly [number, number, number, number] {
  if (extent === undefined) return [-180, -90, 180, 90];
  const { west, south, east, north } = extent;
  return east > 180 ? [-180, south, 180, north] : [west, south, east, north];
}
