import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { readMapSearch, writeMapSearch, type MapSearch } from './map-search.ts';

/** Milliseconds of rest after which what is seen is written into the address. */
const REST = 250;

export type ChangeMap = (changes: Partial<MapSearch>) => void;

/** What of the map is seen: read from the address once, and written there when it comes to rest. */
export function useMapSearch(): readonly [MapSearch, ChangeMap] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const [seen, setSeen] = useState(() => readMapSearch(search));
  const write = useDebouncedCallback((next: MapSearch) => {
    // Somebody who went on meanwhile is not brought back.
    if (window.location.pathname !== '/map') return;
    void navigate({ to: '/map', search: writeMapSearch(next), replace: true, resetScroll: false });
  }, REST);
  const change: ChangeMap = (changes) => {
    setSeen((before) => {
      const next = { ...before, ...changes };
      write(next);
      return next;
    });
  };
  return [seen, change];
}
