import { medianRequestSchema, type MedianRequest } from '@tessera/contracts';
import { readRequest } from '../http/read-request.ts';
import { serveWork, type WorkServer, type WorkServerOptions } from '../http/work-server.ts';

export interface MedianServerOptions extends Omit<WorkServerOptions, 'path' | 'work'> {
  readonly make: (request: MedianRequest, signal: AbortSignal) => Promise<void>;
}

/** Listens for `POST /median`: 204 once the window is stored. */
export function serveMedian({ make, ...options }: MedianServerOptions): Promise<WorkServer> {
  return serveWork({
    ...options,
    path: '/median',
    work: (body, signal) => make(readRequest(medianRequestSchema, body), signal),
  });
}
