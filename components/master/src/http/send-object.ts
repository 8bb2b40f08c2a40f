import { pipeline } from 'node:stream/promises';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { Request, Response } from 'express';
import { parseRange } from './byte-range.ts';
import { attachment } from './content-disposition.ts';
import { matchesTag, rangeAllowed } from './entity-tag.ts';
import { FILE_POLICY } from './security-headers.ts';

export interface SentObject {
  readonly key: string;
  readonly bytes: number;
  readonly contentType: string;
  /** Quoted strong tag; objects are immutable, so it never changes for one address. */
  readonly tag: string;
  /** Name under which browsers save the file. */
  readonly name: string;
}

/**
 * Sends a stored object, or the range of it that was asked for, in constant memory.
 *
 * @throws AppError RANGE_NOT_SATISFIABLE, and what the object store throws.
 */
export async function sendObject(
  request: Request,
  response: Response,
  objects: ObjectStore,
  object: SentObject,
): Promise<void> {
  response.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, max-age=86400, immutable',
    'Content-Security-Policy': FILE_POLICY,
    'Content-Disposition': attachment(object.name),
    ETag: object.tag,
  });
  if (matchesTag(request.get('if-none-match'), object.tag)) {
    response.status(304).end();
    return;
  }
  const wanted = rangeAllowed(request.get('if-range'), object.tag) ? request.get('range') : undefined;
  const range = parseRange(wanted, object.bytes);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${object.bytes}`);
    throw new AppError('RANGE_NOT_SATISFIABLE');
  }
  const { start, end } = range ?? { start: 0, end: object.bytes };
  if (range !== undefined) {
    response.status(206).setHeader('Content-Range', `bytes ${start}-${end - 1}/${object.bytes}`);
  }
  response.set({ 'Content-Type': object.contentType, 'Content-Length': String(end - start) });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await stream(response, objects, object.key, range);
}

async function stream(
  response: Response,
  objects: ObjectStore,
  key: string,
  range: { start: number; end: number } | undefined,
) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await objects.get(key, { range, signal: gone.signal });
  try {
    await pipeline(body, response);
  } catch (error) {
    // A caller that hangs up half-way is no fault; anything else must not look like a whole file.
    if (!gone.signal.aborted) throw error;
  }
}
