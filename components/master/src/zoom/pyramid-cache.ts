import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pyramidScratchBytes, type Pyramid } from '@tessera/codec';
import { AppError, type Logger } from '@tessera/runtime';
import { logError } from '../log-ref.ts';
import { buildPyramid, type BuildParts } from './build-pyramid.ts';
import type { StoredPicture } from './picture.ts';
import { PyramidEntry } from './pyramid-entry.ts';
import { Turns } from './turns.ts';

/** Milliseconds after which a pyramid that nobody asks for any more is no longer made. */
const UNASKED = 12_000;
/** Milliseconds after which one that nobody used is removed, though there is room: its picture may be deleted by now. */
const UNUSED = 3_600_000;
/** Milliseconds between two looks for those. */
const LOOK_EVERY = 2000;
/** Milliseconds for which a failure is told again without another attempt. */
const REMEMBER_FAILURE = 15_000;

export interface PyramidCacheParts extends BuildParts {
  /** Bytes of all files, those that are being made included. */
  readonly quotaBytes: number;
  /** Pyramids made at one time. */
  readonly builds: number;
  readonly logger: Logger;
  /** Milliseconds of a clock. */
  readonly now: () => number;
}

/** The right to read a pyramid until it is released. */
export interface PyramidLease {
  readonly pyramid: Pyramid;
  readonly release: () => void;
}

export interface AcquireOptions {
  readonly signal: AbortSignal;
  /** Milliseconds to wait for a pyramid that is being made. */
  readonly patience: number;
}

/**
 * Makes pyramids of pictures when they are first looked at, one build for all who ask, and keeps them until their room
 * is needed: the longest unused go first. A build that nobody asks for any more is given up.
 */
export class PyramidCache {
  readonly #parts: PyramidCacheParts;
  /** In the order of use. */
  readonly #entries = new Map<string, PyramidEntry>();
  readonly #turns: Turns;
  #folder = '';
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: PyramidCacheParts) {
    this.#parts = parts;
    this.#turns = new Turns(parts.builds);
  }

  /** @param folder empty, below the decoder's scratch folder. */
  start(folder: string): void {
    this.#folder = folder;
    this.#timer = setInterval(() => this.#tidy(), LOOK_EVERY).unref();
  }

  /** Bytes that the files take, or may take while they are made. */
  get bytes(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  }

  /**
   * How far the pyramid of a picture is; the first look begins it.
   *
   * @throws AppError why it could not be made.
   */
  look(picture: StoredPicture): { readonly share: number; readonly ready: boolean } {
    const { share, pyramid, failure } = this.#ask(picture);
    if (failure) throw failure.error;
    return { share, ready: pyramid !== undefined };
  }

  /** The pyramid of a picture if it is there; begins none. */
  find(picture: StoredPicture): PyramidLease | undefined {
    const entry = this.#entries.get(picture.key);
    return entry?.pyramid === undefined ? undefined : this.#lease(this.#ask(picture), entry.pyramid);
  }

  /**
   * The pyramid of a picture, made if there is none.
   *
   * @throws AppError NOT_READY when it takes longer than the caller has patience, CANCELLED, or why it could not be made.
   */
  async acquire(picture: StoredPicture, { signal, patience }: AcquireOptions): Promise<PyramidLease> {
    const entry = this.#ask(picture);
    if (entry.pyramid) return this.#lease(entry, entry.pyramid);
    entry.leases += 1;
    try {
      return this.#lease(entry, await inTime(entry.made, signal, patience));
    } finally {
      entry.leases -= 1;
      entry.askedAt = this.#parts.now();
    }
  }

  /** Stops all builds and removes all files. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const entries = [...this.#entries.values()];
    for (const { stop } of entries) stop.abort();
    await Promise.allSettled(entries.map(({ made }) => made));
    this.#entries.clear();
    if (this.#folder !== '') await rm(this.#folder, { recursive: true, force: true });
  }

  #ask(picture: StoredPicture): PyramidEntry {
    const now = this.#parts.now();
    let entry = this.#entries.get(picture.key);
    if (entry?.failure && now - entry.failure.at > REMEMBER_FAILURE) entry = undefined;
    entry ??= new PyramidEntry(picture, now, (made) => this.#make(made));
    entry.askedAt = now;
    this.#entries.delete(picture.key);
    this.#entries.set(picture.key, entry);
    return entry;
  }

  #lease(entry: PyramidEntry, pyramid: Pyramid): PyramidLease {
    entry.leases += 1;
    let released = false;
    const release = (): void => {
      if (!released) entry.leases -= 1;
      released = true;
    };
    return { pyramid, release };
  }

  async #make(entry: PyramidEntry): Promise<Pyramid> {
    // The entry is in the map only after this call has returned.
    await Promise.resolve();
    const { picture, stop } = entry;
    const { logger, now } = this.#parts;
    try {
      const pyramid = await this.#turns.run(stop.signal, async () => {
        entry.bytes = this.#makeRoom(picture);
        const target = join(this.#folder, String((this.#sequence += 1)));
        const began = performance.now();
        const onShare = (share: number): void => entry.note(share);
        const made = await buildPyramid(this.#parts, picture, { target, signal: stop.signal, onShare });
        logger.debug({ ms: performance.now() - began, bytes: made.bytes }, 'pyramid:made');
        return made;
      });
      entry.bytes = pyramid.bytes;
      entry.pyramid = pyramid;
      return pyramid;
    } catch (caught) {
      const error = AppError.from(caught);
      entry.bytes = 0;
      entry.failure = { error, at: now() };
      // Whoever asks next may have better luck with what was given up.
      if (stop.signal.aborted && this.#entries.get(picture.key) === entry) this.#entries.delete(picture.key);
      if (!stop.signal.aborted) logger.info({ err: logError(error) }, 'pyramid:failed');
      throw error;
    }
  }

  /**
   * Removes what was not used for the longest time until a picture fits; gives the bytes that it takes.
   *
   * @throws AppError SCRATCH_FULL
   */
  #makeRoom(picture: StoredPicture): number {
    const { quotaBytes } = this.#parts;
    const bytes = picture.bytes + pyramidScratchBytes(picture, picture.channels);
    for (const [key, entry] of this.#entries) {
      if (this.bytes + bytes <= quotaBytes) break;
      if (entry.pyramid === undefined || entry.leases > 0) continue;
      this.#entries.delete(key);
      void rm(entry.pyramid.path, { force: true });
    }
    if (this.bytes + bytes <= quotaBytes) return bytes;
    throw new AppError('SCRATCH_FULL', { details: { bytes, quotaBytes, taken: this.bytes } });
  }

  #tidy(): void {
    const now = this.#parts.now();
    for (const [key, entry] of this.#entries) {
      const kept = entry.pyramid === undefined ? UNASKED : UNUSED;
      if (entry.leases > 0 || now - entry.askedAt <= kept) continue;
      entry.stop.abort();
      this.#entries.delete(key);
      if (entry.pyramid) void rm(entry.pyramid.path, { force: true });
    }
  }
}

/** Waits so long, or until the signal is aborted; the promise itself goes on. */
async function inTime<Value>(promise: Promise<Value>, signal: AbortSignal, patience: number): Promise<Value> {
  const { promise: given, reject } = Promise.withResolvers<never>();
  const late = setTimeout(() => reject(new AppError('NOT_READY')), patience);
  const gone = (): void => reject(new AppError('CANCELLED'));
  if (signal.aborted) gone();
  signal.addEventListener('abort', gone, { once: true });
  try {
    return await Promise.race([promise, given]);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', gone);
  }
}
