import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@tessera/runtime';
import type { ImageRow, JobStore, UploadRow } from '@tessera/store';
import { noTracing, uploadSpan } from '@tessera/telemetry';
import { isRefusal } from '../is-refusal.ts';
import { appendScratch, removeScratch, scratchError } from '../scratch-file.ts';
import type { UploadParts } from '../upload-session.ts';
import { chainBytes, type Segment } from './segment-chain.ts';
import type { SegmentStore } from './segment-store.ts';

export interface FinishParts extends UploadParts {
  readonly store: Pick<JobStore, 'insertImage' | 'getImage' | 'getUpload' | 'endUpload'>;
  readonly segments: SegmentStore;
  readonly onLeftBehind: (error: unknown) => void;
}

/** A complete upload, and what it becomes. */
export interface FinishedUpload {
  readonly upload: string;
  /** Id of the image. */
  readonly image: string;
  readonly visitor: string;
}

/**
 * Looks at complete uploads as at files of a form, and makes images of them. Asked again, by whomever and wherever, it
 * says the same: the image's id follows from the upload's, a refusal is written down, and whoever is killed at it leaves
 * all the segments to the next who asks.
 */
export class UploadFinisher {
  readonly #parts: FinishParts;
  readonly #abort = new AbortController();
  readonly #running = new Map<string, Promise<ImageRow>>();

  constructor(parts: FinishParts) {
    this.#parts = parts;
  }

  /**
   * @throws AppError why the file is refused; UPLOAD_GONE; CONFLICT if not all of it has arrived; SCRATCH_FULL,
   * STORE_UNAVAILABLE, DATABASE_UNAVAILABLE: asked again, it may come about.
   */
  finish(finished: FinishedUpload): Promise<ImageRow> {
    const before = this.#running.get(finished.upload);
    if (before !== undefined) return before;
    const running = this.#finish(finished).finally(() => this.#running.delete(finished.upload));
    this.#running.set(finished.upload, running);
    return running;
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#abort.abort(new AppError('SHUTTING_DOWN'));
    await Promise.allSettled(this.#running.values());
  }

  async #finish(finished: FinishedUpload): Promise<ImageRow> {
    const { store, segments } = this.#parts;
    const known = await store.getImage(finished.image);
    if (known !== undefined) return known;
    const row = await store.getUpload(finished.upload);
    if (row === undefined) throw new AppError('UPLOAD_GONE');
    if (row.refusal !== null) throw new AppError(row.refusal.code, { message: row.refusal.message });
    // It had an image, which has expired.
    if (row.endedAt !== null) throw new AppError('UPLOAD_GONE');
    const chain = await segments.chain(finished.upload);
    if (chainBytes(chain) < row.bytes) {
      throw new AppError('CONFLICT', { message: 'Not all of this upload has arrived.' });
    }
    try {
      return await this.#look(finished, row, chain);
    } catch (error) {
      // Another master may have been faster, and have removed what we were reading.
      const theirs = await store.getImage(finished.image);
      if (theirs !== undefined) return theirs;
      if (AppError.is(error) && error.code === 'NOT_FOUND') throw new AppError('UPLOAD_GONE', { cause: error });
      if (isRefusal(error)) await this.#end(finished.upload, { code: error.code, message: error.message });
      throw error;
    }
  }

  #look(finished: FinishedUpload, row: UploadRow, chain: readonly Segment[]): Promise<ImageRow> {
    const { tracing = noTracing } = this.#parts;
    const { image } = finished;
    return tracing.span('upload', { identity: uploadSpan(image) }, async (span) => {
      try {
        return await this.#makeImage(finished, row, chain);
      } catch (error) {
        if (isRefusal(error)) span.fail(error.code);
        throw error;
      }
    });
  }

  async #makeImage(
    { upload, image: id, visitor }: FinishedUpload,
    { name, bytes }: UploadRow,
    chain: readonly Segment[],
  ): Promise<ImageRow> {
    const { store, objects, segments, probe, scratchFolder, now } = this.#parts;
    const { signal } = this.#abort;
    const key = `uploads/${id}`;
    const scratch = join(scratchFolder, `${process.pid}.${id}`);
    try {
      const sha256 = await copyAndHash(segments.read(chain, bytes, signal), scratch);
      const facts = await probe(scratch, signal);
      const stored = await objects.compose(key, chain, { signal });
      if (stored.bytes !== bytes) throw new AppError('STORE_CORRUPT');
      const image: ImageRow = { ...facts, bytes, sha256, id, visitor, name, key, createdAt: now() };
      await store.insertImage(image);
      await this.#end(upload, null);
      return image;
    } finally {
      await removeScratch(scratch);
    }
  }

  /** Writes down what became of an upload. The image is there, or refused: nothing that fails here changes that. */
  async #end(upload: string, refusal: UploadRow['refusal']): Promise<void> {
    const { store, segments, onLeftBehind } = this.#parts;
    try {
      await store.endUpload(upload, refusal);
      await segments.removeSegments(upload);
    } catch (error) {
      onLeftBehind(error);
    }
  }
}

/** Writes a scratch file, and gives its SHA-256 in hex. */
async function copyAndHash(source: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  const sha256 = createHash('sha256');
  const scratch = await open(path, 'wx', 0o600).catch(scratchError);
  try {
    for await (const chunk of source) {
      sha256.update(chunk);
      await appendScratch(scratch, chunk);
    }
  } finally {
    await scratch.close();
  }
  return sha256.digest('hex');
}
