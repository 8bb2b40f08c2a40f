import { useQuery } from '@tanstack/react-query';
import type { reportSchema, ReportRef } from '@tessera/contracts';
import { API, request } from './request.ts';

/** What an operation found out; it never changes. */
export function useReport({ url }: Pick<ReportRef, 'url'>, enabled: boolean) {
  return useQuery({
    queryKey: ['report', url],
    queryFn: ({ signal }) => request<typeof reportSchema>(url.slice(API.length), { signal }),
    enabled,
    staleTime: Infinity,
  });
}
