import { AppError } from '@tessera/runtime';
import { checkRange, resolveRange } from '../byte-range.ts';
import { checkKey } from '../object-key.ts';
import type { ComposePart, ObjectFacts, PutOptions } from '../object-store.ts';
import { planParts, s3Limits, type Segment } from './compose-plan.ts';
import { planEqualParts } from './equal-parts-plan.ts';
import { headObject } from './head-object.ts';
import { inParallel } from './in-parallel.ts';
import { MultipartUpload } from './multipart-upload.ts';
import { ObjectReader } from './object-reader.ts';
import { openObject } from './open-object.ts';
import { PartMemory } from './part-memory.ts';
import { putWhole } from './put-object.ts';
import type { S3Connection } from './s3-connection.ts';

/** Requests for facts of sources at one time, and reads of small sources for one part. */
const HEADS = 8;
const READS = 4;

type Source = Uint8Array | ObjectFacts;

/**
 * Concatenates parts. All sources are looked up first, so a missing or short one fails before anything is written, and
 * each is read or copied only while it has the tag seen then. At most two or three parts of upload size are in memory.
 */
export async function composeObject(
  connection: S3Connection,
  key: string,
  parts: readonly ComposePart[],
  options: PutOptions,
): Promise<ObjectFacts> {
  const { signal } = options;
  const segments = await resolveParts(connection, parts, signal);
  const bytes = segments.reduce((sum, { start, end }) => sum + end - start, 0);
  if (bytes <= connection.partBytes) {
    return putWhole(
      connection,
      key,
      await loadSegments(connection, segments, Buffer.allocUnsafe(bytes), signal),
      options,
    );
  }
  const memory = new PartMemory();
  const upload = await MultipartUpload.begin(connection, key, { ...options, checksums: false });
  try {
    const plan = connection.equalParts ? planEqualParts : planParts;
    const planned = plan(segments, s3Limits(connection.partBytes));
    for (const [index, part] of planned.entries()) {
      if (part.kind === 'upload') {
        await upload.put(
          index + 1,
          (stop) => loadSegments(connection, part.segments, memory.take(part.bytes), stop),
          memory,
        );
      } else {
        const { source, start, end } = part.segment;
        if (source instanceof Uint8Array) throw new AppError('INTERNAL');
        await upload.copy(index + 1, { ...source, start, end });
      }
    }
    return await upload.complete();
  } catch (error) {
    await upload.discard();
    throw error;
  }
}

async function resolveParts(
  connection: S3Connection,
  parts: readonly ComposePart[],
  signal: AbortSignal | undefined,
): Promise<Segment<Source>[]> {
  const keys = new Set<string>();
  for (const part of parts) {
    if (part instanceof Uint8Array) continue;
    checkKey(part.key);
    if (part.range !== undefined) checkRange(part.key, part.range);
    keys.add(part.key);
  }
  const found = new Map<string, ObjectFacts>();
  await inParallel([...keys], HEADS, async (key) => {
    const facts = await headObject(connection, { key, signal });
    if (facts === undefined) throw new AppError('NOT_FOUND', { details: { key } });
    found.set(key, facts);
  });
  return parts.map((part) => {
    if (part instanceof Uint8Array) return { source: part, isStored: false, start: 0, end: part.length };
    const facts = found.get(part.key);
    if (facts === undefined) throw new AppError('NOT_FOUND', { details: { key: part.key } });
    return { source: facts, isStored: true, ...resolveRange(part.key, part.range, facts.bytes) };
  });
}

/** Reads segments into memory of exactly their length, a few at a time. */
async function loadSegments(
  connection: S3Connection,
  segments: readonly Segment<Source>[],
  target: Buffer,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  let total = 0;
  const placed = segments.map((segment) => {
    const offset = total;
    total += segment.end - segment.start;
    return { ...segment, offset };
  });
  await inParallel(placed, READS, async ({ source, start, end, offset }) => {
    if (source instanceof Uint8Array) target.set(source.subarray(start, end), offset);
    else if (end > start) await readInto(target, offset, connection, source, { start, end }, signal);
  });
  return target;
}

async function readInto(
  target: Buffer,
  offset: number,
  connection: S3Connection,
  source: ObjectFacts,
  span: { readonly start: number; readonly end: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { key, etag } = source;
  // Whole objects are read as such: then the server's checksum guards them.
  const range = span.start === 0 && span.end === source.bytes ? undefined : span;
  const reader = new ObjectReader(connection, key, await openObject(connection, key, { range, etag, signal }), signal);
  let at = offset;
  for await (const chunk of reader) {
    target.set(chunk as Buffer, at);
    at += (chunk as Buffer).length;
  }
}
