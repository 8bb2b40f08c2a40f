import { useEffect, useState } from 'react';
import { MapReader } from './reader/map-reader.ts';

/** The worker that reads rasters, for as long as the map is looked at. */
export function useMapReader(): MapReader | undefined {
  const [reader, setReader] = useState<MapReader>();
  useEffect(() => {
    const made = new MapReader();
    setReader(made);
    return () => made.close();
  }, []);
  return reader;
}
