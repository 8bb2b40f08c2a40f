import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@tessera/runtime';
import type { Request, Response } from 'express';
import { parseRange, type Slice } from './byte-range.ts';
import { attachment } from './content-disposition.ts';
import { matchesTag, rangeAllowed } from './entity-tag.ts';
import { FILE_POLICY } from './security-headers.ts';

export interface SentBytes {
  readonly bytes: number;
  readonly contentType: string;
  /** Quoted strong tag of these very bytes. */
  readonly tag: string;
  /** Name under which browsers save the file. */
  readonly name: string;
  readonly cacheControl: string;
  /** Reads a part, or all; fails instead of ending early. */
  readonly read: (range: Slice | undefined, signal: AbortSignal) => Promise<Readable>;
}

/**
 * Sends bytes of a known length, or the range of them that was asked for, in constant memory.
 *
 * @throws AppError RANGE_NOT_SATISFIABLE, and what reading throws.
 */
export async function sendBytes(request: Request, response: Response, file: SentBytes): Promise<void> {
  response.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': file.cacheControl,
    'Content-Security-Policy': FILE_POLICY,
    'Content-Disposition': attachment(file.name),
    ETag: file.tag,
  });
  if (matchesTag(request.get('if-none-match'), file.tag)) {
    response.status(304).end();
    return;
  }
  const wanted = rangeAllowed(request.get('if-range'), file.tag) ? request.get('range') : undefined;
  const range = parseRange(wanted, file.bytes);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.bytes}`);
    throw new AppError('RANGE_NOT_SATISFIABLE');
  }
  const { start, end } = range ?? { start: 0, end: file.bytes };
  if (range !== undefined) {
    response.status(206).setHeader('Content-Range', `bytes ${start}-${end - 1}/${file.bytes}`);
  }
  response.set({ 'Content-Type': file.contentType, 'Content-Length': String(end - start) });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await pipeline(await file.read(range, gone.signal), response);
  } catch (error) {
    // A caller that hangs up half-way is no fault; anything else must not look like a whole file.
    if (!gone.signal.aborted) throw error;
  }
}
