import { MapWords } from '../features/map/map-words.tsx';
import { MapWork } from '../features/map/map-work.tsx';

/** Products on the map, and what can be made there. */
export function MapPage() {
  return (
    <MapWords>
      <MapWork />
    </MapWords>
  );
}
