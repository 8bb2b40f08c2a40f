import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ErrorCode } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';
import type { ImageRow } from '@tessera/store';
import { noTracing, uploadSpan, type Span, type Tracing } from '@tessera/telemetry';
import { displayName } from './display-name.ts';
import { isRefusal } from './is-refusal.ts';
import { receiveFile } from './receive-file.ts';
import { removeScratch } from './scratch-file.ts';

/** Looks at a file on disk and tells what picture or raster it is, or throws why it is refused. */
export type ProbeFile = (path: string, signal: AbortSignal) => Promise<ProbedFile>;
export type ProbedFile = Pick<ImageRow, 'format' | 'width' | 'height' | 'channels' | 'depth' | 'progressive'>;

export interface UploadParts {
  readonly objects: ObjectStore;
  readonly probe: ProbeFile;
  readonly scratchFolder: string;
  readonly maxBytes: number;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Default: none. */
  readonly tracing?: Tracing;
}

export interface RefusedFile {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** One of the two is there. */
interface Outcome {
  readonly image?: ImageRow;
  readonly refused?: RefusedFile;
}

/** Objects are deleted in the background of a request that already failed; nobody waits longer than this, in ms. */
const CLEAN_UP_TIMEOUT = 30_000;

/** The files of one upload request: each becomes an image, or a refusal, or ends the whole request. */
export class UploadSession {
  readonly #parts: UploadParts;
  readonly #visitor: string;
  readonly #spend: (bytes: number) => void;
  readonly #tracing: Tracing;
  /** Files arrive outside the flow of calls of their request. */
  readonly #request: Span | undefined;
  readonly #abort = new AbortController();
  readonly #pending: Promise<void>[] = [];
  readonly #stored = new Set<string>();
  /** In the order of arrival. */
  readonly #outcomes: (Outcome | undefined)[] = [];

  constructor(parts: UploadParts, visitor: string, spend: (bytes: number) => void) {
    this.#parts = parts;
    this.#visitor = visitor;
    this.#spend = spend;
    this.#tracing = parts.tracing ?? noTracing;
    this.#request = this.#tracing.current;
  }

  /** Receives the next file. Rejects only with what ends the request. */
  take(givenName: string, stream: Readable): Promise<void> {
    const place = this.#outcomes.push(undefined) - 1;
    const taken = this.#traced(displayName(givenName), stream).then((outcome) => {
      this.#outcomes[place] = outcome;
    });
    this.#pending.push(taken.catch(() => undefined));
    return taken;
  }

  #traced(name: string, stream: Readable): Promise<Outcome> {
    const id = this.#parts.newId();
    return this.#tracing.span('upload', { identity: uploadSpan(id), cause: this.#request }, async (span) => {
      const outcome = await this.#take(id, name, stream);
      if (outcome.refused) span.fail(outcome.refused.code);
      return outcome;
    });
  }

  async #take(id: string, name: string, stream: Readable): Promise<Outcome> {
    const { objects, probe, scratchFolder, maxBytes, now } = this.#parts;
    const { signal } = this.#abort;
    const key = `uploads/${id}`;
    const scratch = join(scratchFolder, `${process.pid}.${id}`);
    try {
      const file = await receiveFile(stream, { objects, key, scratch, maxBytes, signal, onBytes: this.#spend });
      this.#stored.add(key);
      const facts = await probe(scratch, signal);
      const { bytes, sha256 } = file;
      return { image: { ...facts, bytes, sha256, id, visitor: this.#visitor, name, key, createdAt: now() } };
    } catch (error) {
      if (signal.aborted || !isRefusal(error)) throw error;
      await objects.delete([key], { signal });
      this.#stored.delete(key);
      return { refused: { name, code: error.code, message: error.message } };
    } finally {
      await removeScratch(scratch);
    }
  }

  /** Waits until all files are through, and tells what became of them. */
  async settle(): Promise<{ readonly images: readonly ImageRow[]; readonly refused: readonly RefusedFile[] }> {
    await Promise.all(this.#pending);
    return {
      images: this.#outcomes.flatMap((outcome) => outcome?.image ?? []),
      refused: this.#outcomes.flatMap((outcome) => outcome?.refused ?? []),
    };
  }

  /** Undoes everything: no object and no scratch file remains. */
  async undo(reason: unknown): Promise<void> {
    this.#abort.abort(reason);
    await this.settle();
    await this.#parts.objects.delete([...this.#stored], { signal: AbortSignal.timeout(CLEAN_UP_TIMEOUT) });
    this.#stored.clear();
  }
}
