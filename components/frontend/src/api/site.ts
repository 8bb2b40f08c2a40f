import type { siteSchema, SiteDto } from '@tessera/contracts';
import { request } from './request.ts';

/** Milliseconds after which a server that does not answer counts as away. */
const PATIENCE = 2500;

/** Limits and abilities of this site; also the question by which a page finds out whether the server is there. */
export async function getSite(): Promise<SiteDto> {
  return request<typeof siteSchema>('/site', { signal: AbortSignal.timeout(PATIENCE), cache: 'no-store' });
}

/** The query of `useQuery`: what a site allows changes with a restart at most. */
export const SITE_QUERY = { queryKey: ['site'], queryFn: getSite, staleTime: Infinity } as const;
