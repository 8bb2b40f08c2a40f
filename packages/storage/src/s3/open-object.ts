import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import { outside } from '../byte-range.ts';
import type { ByteRange } from '../object-store.ts';
import { parseChecksum } from './checksum.ts';
import type { S3Connection } from './s3-connection.ts';

export interface OpenedObject {
  readonly source: Readable;
  /** The bytes that the source promises to deliver, of the object's `start … end - 1`. */
  readonly start: number;
  readonly end: number;
  readonly etag: string;
  /** CRC32 of these bytes, if they are the whole object and the server knows it. */
  readonly crc: number | undefined;
}

export interface OpenOptions {
  readonly range: ByteRange | undefined;
  /** Refuses an object whose tag is another one: it has changed. */
  readonly etag?: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Opens an object or a non-empty range of it for reading.
 *
 * @throws AppError NOT_FOUND, RANGE_NOT_SATISFIABLE; STORE_CORRUPT for an answer other than asked for.
 */
export async function openObject(connection: S3Connection, key: string, options: OpenOptions): Promise<OpenedObject> {
  const { range, etag, signal } = options;
  const answer = await connection.call({ key, signal }, (abortSignal) =>
    connection.client.send(
      new GetObjectCommand({
        ...connection.address(key),
        Range: range && `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}`,
        IfMatch: etag,
        ChecksumMode: connection.checksums && range === undefined ? 'ENABLED' : undefined,
      }),
      { abortSignal },
    ),
  );
  const source = answer.Body as Readable;
  try {
    const held = range === undefined ? wholeOf(answer.ContentLength) : pieceOf(key, range, answer.ContentRange);
    if (held === undefined || answer.ETag === undefined)
      throw new AppError('STORE_CORRUPT', { details: { key, ...range } });
    const crc = range === undefined ? parseChecksum(answer.ChecksumCRC32) : undefined;
    return { source, ...held, etag: answer.ETag, crc };
  } catch (error) {
    source.destroy();
    throw error;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function wholeOf(length: number | undefined): Span | undefined {
  return length === undefined ? undefined : { start: 0, end: length };
}

/** Reads `bytes 10-19/1000`; servers cut a range at the object's end, which here is an error. */
function pieceOf(key: string, range: ByteRange, contentRange: string | undefined): Span | undefined {
  const [first, last, bytes] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange ?? '') ?? []).slice(1).map(Number);
  if (first === undefined || last === undefined || bytes === undefined) return undefined;
  const end = range.end ?? bytes;
  if (end > bytes) throw outside(key, range, bytes);
  return first === range.start && last + 1 === end ? { start: first, end } : undefined;
}
