import type { forgottenSchema } from '@tessera/contracts';
import { jsonBody, request } from './request.ts';

/** Jobs that one request may name. */
const MOST = 1000;

/**
 * Deletes jobs of the visitor with their results; gives those that are gone.
 *
 * @param leaving the page is about to go: the browser sends the request all the same.
 */
export async function deleteJobs(jobs: readonly string[], leaving = false): Promise<readonly string[]> {
  const gone: string[] = [];
  for (let start = 0; start < jobs.length; start += MOST) {
    const body = { jobs: jobs.slice(start, start + MOST) };
    const { forgotten } = await request<typeof forgottenSchema>('/jobs/forget', {
      ...jsonBody(body),
      keepalive: leaving,
    });
    gone.push(...forgotten);
  }
  return gone;
}
