import { outlineBbox, outlineGeometry } from '@tessera/geo';
import type { CatalogueProductRow } from '@tessera/store';
import { productLinks } from '../product-dto.ts';
import { collectionOf, STAC_VERSION } from './collections.ts';

const PROJECTION = 'https://stac-extensions.github.io/projection/v2.0.0/schema.json';

/**
 * A product as a STAC item.
 *
 * @param site address of this site, which those of own files begin with; `root` is that of the catalogue.
 */
export function stacItem(row: CatalogueProductRow, { site, root }: { readonly site: string; readonly root: string }) {
  const collection = `${root}/collections/${collectionOf(row.kind)}`;
  const { epsg, resolution, width, height, index } = row.facts;
  return {
    type: 'Feature' as const,
    stac_version: STAC_VERSION,
    stac_extensions: [PROJECTION],
    id: row.id,
    collection: collectionOf(row.kind),
    geometry: outlineGeometry(row.outline),
    bbox: [...outlineBbox(row.outline)],
    properties: {
      ...times(row),
      title: row.name,
      ...(row.description === '' ? {} : { description: row.description }),
      created: row.createdAt.toISOString(),
      updated: row.changedAt.toISOString(),
      gsd: resolution,
      'proj:code': `EPSG:${String(epsg)}`,
      'proj:shape': [height, width],
      ...(row.creator === '' ? {} : { providers: [{ name: row.creator, roles: ['producer'] }] }),
      'tessera:kind': row.kind,
      ...(index === null ? {} : { 'tessera:index': index }),
      ...(row.origin === null ? {} : { 'tessera:site': row.origin }),
    },
    links: [
      { rel: 'self', type: 'application/geo+json', href: `${collection}/items/${row.id}` },
      { rel: 'root', type: 'application/json', href: root, title: 'Tessera' },
      { rel: 'parent', type: 'application/json', href: collection },
      { rel: 'collection', type: 'application/json', href: collection },
    ],
    assets: assetsOf(row, site),
  };
}

/** When its scenes were taken; where that is not known, when it was made. */
function times({ startsAt, endsAt, createdAt }: CatalogueProductRow) {
  const [start, end] = [startsAt ?? endsAt, endsAt ?? startsAt];
  if (start === null || end === null) return { datetime: createdAt.toISOString() };
  const [first, last] = [start.toISOString(), end.toISOString()];
  return first === last ? { datetime: first } : { datetime: null, start_datetime: first, end_datetime: last };
}

function assetsOf(row: CatalogueProductRow, site: string) {
  const { cog, picture, legend, legendData } = productLinks(row);
  const asset = (href: string | null, type: string, title: string, roles: readonly string[]) =>
    href === null ? undefined : { href: new URL(href, `${site}/`).href, type, title, roles };
  const all = {
    data: asset(cog, 'image/tiff; application=geotiff; profile=cloud-optimized', 'Cloud-optimized GeoTIFF', ['data']),
    picture: asset(picture, 'image/png', 'Picture', ['overview', 'visual']),
    legend: asset(legend, 'image/svg+xml', 'Legend', ['metadata']),
    'legend-data': asset(legendData, 'application/json', 'Legend as data', ['metadata']),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
