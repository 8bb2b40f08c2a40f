import type { Response } from 'express';

/**
 * Lets pages of other sites read an answer. No cookie comes with their requests: a star allows none, and whatever is answered
 * this way is for everybody.
 */
export function allowOrigins(response: Response): void {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
}

/** Answers what browsers ask before a request that is not a simple one. */
export function allowRequests(response: Response, methods: string): void {
  allowOrigins(response);
  response.set({
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': 'Accept, Content-Type, If-Modified-Since, If-None-Match, If-Range, Range',
    'Access-Control-Max-Age': '86400',
  });
}
