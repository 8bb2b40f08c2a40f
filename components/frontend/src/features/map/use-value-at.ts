import { useEffect, useRef, useState } from 'react';
import type { Point } from './reader/ground.ts';
import type { MapReader } from './reader/map-reader.ts';
import type { PointValue } from './reader/protocol.ts';

/** What rasters have at a point. */
export interface ValuesAt {
  readonly point: Point;
  /** In the order of the addresses; `null` outside a raster, and where it could not be read. */
  readonly values: readonly (PointValue | null)[];
}

/** The samples of some rasters at a point, read one point at a time: the last one that was asked for is answered. */
export function useValuesAt(
  reader: MapReader | undefined,
  urls: readonly string[],
  point: Point | undefined,
): ValuesAt | undefined {
  const [shown, setShown] = useState<ValuesAt>();
  const wanted = useRef<{ readonly urls: readonly string[]; readonly point: Point }>(undefined);
  const reading = useRef(false);
  const key = urls.join(' ');

  useEffect(() => {
    wanted.current = point && { urls: key === '' ? [] : key.split(' '), point };
    if (!reader || reading.current) return;
    const read = async (): Promise<void> => {
      reading.current = true;
      for (let asked = wanted.current; asked; asked = wanted.current === asked ? undefined : wanted.current) {
        const { point: at } = asked;
        const values = await Promise.all(
          asked.urls.map((url) => reader.ask('value', { url, point: at }).catch(() => null)),
        );
        setShown({ point: at, values });
      }
      reading.current = false;
    };
    void read();
  }, [reader, key, point]);

  return point === undefined ? undefined : shown;
}
