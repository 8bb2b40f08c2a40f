import type { CatalogueExtent } from '@tessera/store';
import { OPENAPI_TYPE } from '../../routes/stac.ts';
import { COLLECTIONS, STAC_VERSION, stacCollection } from './collections.ts';

/** What of the STAC API is here. */
export const CONFORMANCE = [
  'https://api.stacspec.org/v1.0.0/core',
  'https://api.stacspec.org/v1.0.0/collections',
  'https://api.stacspec.org/v1.0.0/ogcapi-features',
  'https://api.stacspec.org/v1.0.0/item-search',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
] as const;

/** The beginning of our STAC catalogue; `root` is its own address. */
export function landingPage({ site, root }: { readonly site: string; readonly root: string }) {
  return {
    type: 'Catalog',
    stac_version: STAC_VERSION,
    id: 'tessera',
    title: 'Tessera',
    description: 'Products of satellite imagery that are shared on this site.',
    conformsTo: [...CONFORMANCE],
    links: [
      { rel: 'self', type: 'application/json', href: root },
      { rel: 'root', type: 'application/json', href: root },
      { rel: 'service-desc', type: OPENAPI_TYPE, href: `${root}/api` },
      { rel: 'service-doc', type: 'text/html', href: `${site}/api/docs` },
      { rel: 'conformance', type: 'application/json', href: `${root}/conformance` },
      { rel: 'data', type: 'application/json', href: `${root}/collections` },
      { rel: 'search', type: 'application/geo+json', href: `${root}/search`, method: 'GET' },
      { rel: 'search', type: 'application/geo+json', href: `${root}/search`, method: 'POST' },
      ...Object.keys(COLLECTIONS).map((id) => ({
        rel: 'child',
        type: 'application/json',
        href: `${root}/collections/${id}`,
      })),
    ],
  };
}

export function collectionList(root: string, extents: readonly CatalogueExtent[]) {
  return {
    collections: Object.values(COLLECTIONS).map((kind) => stacCollection(root, kind, extents)),
    links: [
      { rel: 'self', type: 'application/json', href: `${root}/collections` },
      { rel: 'root', type: 'application/json', href: root },
    ],
  };
}
