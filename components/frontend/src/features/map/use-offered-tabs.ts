import { useQuery } from '@tanstack/react-query';
import { listCatalogueProducts } from '../../api/catalogue.ts';
import { listMosaicCollections } from '../../api/mosaics.ts';
import type { MapTab } from './map-search.ts';

/** What this site can do on the map: mosaics need a catalogue of scenes, and not every site keeps one of products. */
export function useOfferedTabs(): readonly MapTab[] {
  const mosaics = useQuery({
    queryKey: ['mosaic-collections'],
    queryFn: ({ signal }) => listMosaicCollections(signal),
    staleTime: 60_000,
    retry: false,
  });
  const shared = useQuery({
    queryKey: ['catalogue', 'products', ''],
    queryFn: ({ signal }) => listCatalogueProducts('', signal),
    retry: false,
  });
  const hasScenes = (mosaics.data?.collections.length ?? 0) > 0;
  return ['look', 'make', ...(hasScenes ? ['mosaic' as const] : []), ...(shared.data ? ['shared' as const] : [])];
}
