import type { View } from '@tessera/codec';
import type { Request, Response } from 'express';
import { matchesTag } from './entity-tag.ts';
import { FILE_POLICY } from './security-headers.ts';

/**
 * Sends a picture that is made when it is asked for. The tag names what it is made of, so a browser that has it is
 * answered before anything is made.
 *
 * @param tag quoted and strong; the same address always gives the same bytes.
 * @throws AppError what making it throws.
 */
export async function sendView(
  request: Request,
  response: Response,
  tag: string,
  make: (signal: AbortSignal) => Promise<View>,
): Promise<void> {
  if (matchesTag(request.get('if-none-match'), tag)) {
    response.set(headersOf(tag)).status(304).end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const { bytes, contentType } = await make(gone.signal);
    response.set({ ...headersOf(tag), 'Content-Type': contentType, 'Content-Length': String(bytes.length) }).end(bytes);
  } catch (error) {
    // A caller who has hung up is told nothing.
    if (!gone.signal.aborted) throw error;
    response.end();
  }
}

function headersOf(tag: string): Record<string, string> {
  return {
    'Cache-Control': 'private, max-age=86400, immutable',
    'Content-Security-Policy': FILE_POLICY,
    ETag: tag,
  };
}
