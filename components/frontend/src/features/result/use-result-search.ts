import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { readResultSearch, writeResultSearch, type ResultSearch } from './result-search.ts';

/** Milliseconds of rest after which what is seen is written into the address. */
const REST = 200;

/** What of a result is seen: read from the address once, and written there when it comes to rest. */
export function useResultSearch(): readonly [ResultSearch, (changes: Partial<ResultSearch>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const [state, setState] = useState(() => readResultSearch(search));
  const write = useDebouncedCallback((next: ResultSearch) => {
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...writeResultSearch(next) }),
      replace: true,
      resetScroll: false,
    });
  }, REST);
  const change = (changes: Partial<ResultSearch>): void => {
    const next = { ...state, ...changes };
    setState(next);
    write(next);
  };
  return [state, change];
}
