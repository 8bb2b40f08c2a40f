import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';

/** All that operators asked for, so that it can be dropped together. */
export const OPS_KEY = 'ops';

/** Milliseconds between two questions. */
const EVERY = 3000;

/** Asks again and again while the tab is seen; the last answer stays while the server is away. */
export function useOps<T>(
  key: readonly string[],
  ask: (signal: AbortSignal) => Promise<T>,
  every = EVERY,
): UseQueryResult<T> {
  return useQuery({
    queryKey: [OPS_KEY, ...key],
    queryFn: ({ signal }) => ask(signal),
    refetchInterval: every,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    placeholderData: keepPreviousData,
    retry: false,
  });
}
