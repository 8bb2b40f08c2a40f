import type { CatalogueEntry, CatalogueProduct, Geometry } from '@tessera/contracts';
import { fromLonLat } from 'ol/proj.js';
import type { Point } from './reader/ground.ts';
import type { Shape } from './view/shapes-layer.ts';

const PRODUCT = '#0072B2';
const ENTRY = '#009E73';

const placesOf = (ring: readonly (readonly [number, number])[]): readonly Point[] =>
  ring.map((position) => fromLonLat([...position]) as unknown as Point);

/** The outer rings of a geometry on the map; a point is one place. */
function ringsOf(geometry: Geometry): readonly (readonly Point[])[] {
  if (geometry.type === 'Point') return [placesOf([geometry.coordinates])];
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1).map(placesOf);
  // What was cut at the antimeridian lies together again: its eastern parts go on beyond the map's edge.
  const isCut = geometry.coordinates.flat(2).some(([longitude]) => longitude === 180);
  return geometry.coordinates.flatMap((polygon) =>
    polygon.slice(0, 1).map((ring) => {
      const isEast = isCut && ring.every(([longitude]) => longitude < 0);
      return placesOf(isEast ? ring.map(([x, y]) => [x + 360, y] as const) : ring);
    }),
  );
}

/** All places of a geometry, for moving there. */
export const placesIn = (geometry: Geometry): readonly Point[] => ringsOf(geometry).flat();

/** Shapes of the catalogue; the id of each begins with what it is: `product:` or `entry:`. */
export function catalogueShapes(
  products: readonly CatalogueProduct[],
  entries: readonly CatalogueEntry[],
): readonly Shape[] {
  return [
    ...products.flatMap(({ id, footprint }) =>
      ringsOf(footprint).map((places, n): Shape => ({ id: `product:${id}:${String(n)}`, places, stroke: PRODUCT })),
    ),
    ...entries.flatMap(({ id, name, geometry }) =>
      ringsOf(geometry).map((places, n): Shape => ({
        ...{ id: `entry:${id}:${String(n)}`, places, stroke: ENTRY, dash: [6, 4], words: name },
      })),
    ),
  ];
}
