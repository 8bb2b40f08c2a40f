import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Viewport } from '../viewer/viewport.ts';
import { readResultSearch, writeResultSearch, type ResultSearch } from './result-search.ts';

/** Milliseconds of rest after which what is seen is written into the address. */
const REST = 200;

interface Aim {
  /** Told of the view that a picture moves to, before it is there. */
  readonly take: (viewport: Viewport | undefined) => void;
  /** Path of what is seen, or is aimed at while the view still moves. */
  readonly link: () => string;
}

/** What of a result is seen: read from the address once, and written there when it comes to rest. */
export function useResultSearch(): readonly [ResultSearch, (changes: Partial<ResultSearch>) => void, Aim] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const router = useRouter();
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
  /** What is aimed at, and not seen yet. */
  const aimed = useRef<Pick<ResultSearch, 'viewport'>>({ viewport: state.viewport });
  const change = (changes: Partial<ResultSearch>): void => {
    if ('viewport' in changes) aimed.current = { viewport: changes.viewport };
    // Another way to look begins where this one was to end.
    const next = { ...state, ...(changes.view !== undefined && aimed.current), ...changes };
    setState(next);
    write(next);
  };
  const aim: Aim = {
    take: (viewport) => {
      aimed.current = { viewport };
    },
    link: () =>
      router.buildLocation({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          ...writeResultSearch({ ...state, ...aimed.current }),
        }),
      }).href,
  };
  return [state, change, aim];
}
