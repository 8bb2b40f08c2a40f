import type { Request } from 'express';

/**
 * Where the site is reached, without a slash at the end: the configured address, or the one that this request came to. The
 * latter is told to nobody but who asked, and answers with it are not to be kept.
 */
export function siteAddress(request: Request, publicUrl: string | undefined): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}
