import type { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import { DataStore, Upload } from '@tus/server';
import { PieceReader } from './piece-reader.ts';
import { chainBytes, longestChain, segmentFolder, segmentKey, segmentOf, type Segment } from './segment-chain.ts';

const MEBIBYTE = 1024 * 1024;
/** Bytes of one segment; a killed process loses so much of an upload at most. S3 copies parts of 5 MiB and more. */
const SEGMENT_BYTES = 8 * MEBIBYTE;
/** Segments of one upload; above, they are larger. */
const MAX_SEGMENTS = 2000;

export interface SegmentStoreParts {
  readonly store: Pick<JobStore, 'insertUpload' | 'getUpload' | 'forgetUploads'>;
  readonly objects: ObjectStore;
  readonly newId: () => string;
  readonly keepMilliseconds: number;
  /** Unfinished uploads that one visitor may have. */
  readonly mostUnfinished: number;
  readonly segmentBytes?: number | undefined;
}

/**
 * Keeps what arrives of an upload as segments in the object store, where every master finds them; the database knows
 * its name and length.
 *
 * Two masters may well receive the same upload at one time, when a client gave a connection up that one of them still
 * reads from. No lock is needed between them: segments are named by their offset, never overwritten, and all cut from
 * the same file, so what one master stores never spoils what another stored, and offsets never go back.
 */
export class SegmentStore extends DataStore {
  readonly #parts: SegmentStoreParts;

  constructor(parts: SegmentStoreParts) {
    super();
    this.#parts = parts;
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  /** @throws AppError QUOTA_EXCEEDED if the visitor, named by the metadata, has too many unfinished uploads. */
  override async create(upload: Upload): Promise<Upload> {
    const { id, size, metadata } = upload;
    const { store, mostUnfinished: most } = this.#parts;
    const share = { visitor: metadata?.visitor ?? '', most };
    if (!(await store.insertUpload({ id, name: metadata?.filename ?? '', bytes: size ?? 0 }, share))) {
      throw new AppError('QUOTA_EXCEEDED', {
        message: `You have ${String(most)} unfinished uploads, which is the most. Finish or remove one first.`,
      });
    }
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.#parts.store.getUpload(id);
    if (row === undefined) throw new AppError('UPLOAD_GONE');
    return new Upload({
      id,
      size: row.bytes,
      // Segments go when the whole was looked at.
      offset: row.endedAt === null ? chainBytes(await this.chain(id)) : row.bytes,
      metadata: { filename: row.name },
      creation_date: row.createdAt.toISOString(),
    });
  }

  /** Stores what arrives from an offset on, and gives the offset reached. What came before an error is kept. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { objects, newId, segmentBytes = SEGMENT_BYTES } = this.#parts;
    const row = await this.#parts.store.getUpload(id);
    if (row === undefined) throw new AppError('UPLOAD_GONE');
    const size = Math.max(segmentBytes, Math.ceil(row.bytes / MAX_SEGMENTS));
    const pieces = new PieceReader(stream);
    let reached = offset;
    while (await pieces.hasMore()) {
      const stored = await objects.put(segmentKey(id, reached, newId()), pieces.next(size));
      reached += stored.bytes;
    }
    if (pieces.error !== undefined) throw pieces.error;
    return reached;
  }

  override async remove(id: string): Promise<void> {
    await this.removeSegments(id);
    await this.#parts.store.forgetUploads({ id });
  }

  override getExpiration(): number {
    return this.#parts.keepMilliseconds;
  }

  /** The segments that hold the beginning of the file, in order. */
  async chain(id: string): Promise<readonly Segment[]> {
    const segments: Segment[] = [];
    for await (const { key, bytes } of this.#parts.objects.list(segmentFolder(id))) {
      const segment = segmentOf(key, bytes);
      if (segment !== undefined) segments.push(segment);
    }
    return longestChain(segments);
  }

  async removeSegments(id: string): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.#parts.objects.list(segmentFolder(id))) keys.push(key);
    await this.#parts.objects.delete(keys);
  }

  /** The whole file from its segments. @throws AppError STORE_CORRUPT if it has not the length it should have. */
  async *read(chain: readonly Segment[], bytes: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (chainBytes(chain) !== bytes) throw new AppError('STORE_CORRUPT');
    for (const { key } of chain) yield* (await this.#parts.objects.get(key, { signal })) as AsyncIterable<Uint8Array>;
  }
}
