import type { CatalogueEntry } from '@tessera/contracts';
import { fromLonLat } from 'ol/proj.js';
import type { Point } from './reader/ground.ts';
import type { MapPicture } from './view/pictures-layer.ts';

/** Pictures of the entries that have one on this site. */
export function cataloguePictures(entries: readonly CatalogueEntry[]): readonly MapPicture[] {
  return entries.flatMap(({ image, corners }): readonly MapPicture[] => {
    if (corners === null || image?.startsWith('/') !== true) return [];
    const first = corners[0][0];
    // Across the 180th meridian longitudes go on.
    const near = (lon: number): number => lon + 360 * Math.round((first - lon) / 360);
    const places = corners.map(([lon, lat]) => fromLonLat([near(lon), lat]) as unknown as Point);
    return [{ url: image, corners: places as unknown as MapPicture['corners'] }];
  });
}
