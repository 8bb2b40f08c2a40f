import { queryOptions } from '@tanstack/react-query';
import { listOperations } from '../../api/calls.ts';

/** What this server can do; it does not change while it runs. */
export const operationList = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => listOperations(signal),
  staleTime: Infinity,
});
