import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DecodedRaster } from '@tessera/codec';
import type { ImageRef, Picture } from '@tessera/contracts';
import { sampleBytes } from '@tessera/imaging';
import { AppError, type Logger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { untilAborted } from '../until-aborted.ts';
import { openDecodedFile, type DecodedFile, type ImageDecoder, type Rows } from './decoded-file.ts';

export interface DecodedImagesOptions {
  readonly objects: ObjectStore;
  readonly decoder: ImageDecoder;
  readonly folder: string;
  readonly quotaBytes: number;
  readonly logger: Logger;
}

/** The right to read a decoded file until it is released. */
export interface Lease {
  readonly raster: DecodedRaster;
  release(): void;
}

interface Entry {
  readonly bytes: number;
  readonly file: Promise<DecodedFile>;
  readonly stop: AbortController;
  leases: number;
  usedAt: number;
  /** The file is there: its rows may be asked for. */
  opened: boolean;
}

/**
 * Decodes each row of each image once for all tasks of this executor, into files with random access. The files share a
 * quota: what nobody reads is dropped, the longest unused first.
 */
export class DecodedImages {
  readonly #options: DecodedImagesOptions;
  readonly #entries = new Map<string, Entry>();
  #clock = 0;
  #sequence = 0;

  constructor(options: DecodedImagesOptions) {
    this.#options = options;
  }

  /** Empties the folder: what an earlier process left there is of no use. */
  async start(): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await Promise.all((await readdir(folder)).map((name) => rm(join(folder, name), { recursive: true, force: true })));
  }

  /** Bytes that the decoded files take or are about to take. */
  get bytes(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  }

  /**
   * Gives the decoded file of an image in which `rows` may be read, decoding what nobody has asked for before: to the
   * depth that the picture tells.
   *
   * @throws AppError SCRATCH_FULL if the quota has no room, SOURCE_MISSING, STORE_CORRUPT, or the decoder's codes.
   */
  async acquire(image: ImageRef, picture: Picture, rows: Rows, signal: AbortSignal): Promise<Lease> {
    const key = keyOf(image, picture);
    const entry = this.#entries.get(key) ?? this.#begin(image, picture, rows);
    entry.leases++;
    entry.usedAt = ++this.#clock;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      entry.leases--;
      // The last of all who waited has gone: nobody needs the rest of this decode.
      if (entry.leases === 0 && signal.aborted && !entry.opened) this.#giveUp(key, entry);
    };
    try {
      const file = await untilAborted(entry.file, signal);
      return { raster: await untilAborted(file.decode(rows), signal), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Stops all decodes and removes all files. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const entry of entries) entry.stop.abort();
    await Promise.allSettled(entries.map((entry) => entry.file));
    this.#entries.clear();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  #begin(image: ImageRef, picture: Picture, rows: Rows): Entry {
    const key = keyOf(image, picture);
    const { width, height, channels, depth = 8 } = picture;
    const bytes = width * height * channels * sampleBytes(depth) + image.bytes;
    this.#makeRoom(bytes);
    const stop = new AbortController();
    const entry: Entry = {
      bytes,
      stop,
      file: this.#open(image, picture, rows, stop.signal),
      leases: 0,
      usedAt: 0,
      opened: false,
    };
    this.#entries.set(key, entry);
    entry.file.then(
      () => (entry.opened = true),
      () => this.#giveUp(key, entry),
    );
    return entry;
  }

  #giveUp(key: string, entry: Entry): void {
    entry.stop.abort();
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #makeRoom(bytes: number): void {
    const idle = [...this.#entries]
      .filter(([, entry]) => entry.leases === 0)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key, entry] of idle) {
      if (this.bytes + bytes <= this.#options.quotaBytes) return;
      this.#entries.delete(key);
      void entry.file.then((file) => file.remove()).catch(() => undefined);
    }
    if (this.bytes + bytes > this.#options.quotaBytes) throw new AppError('SCRATCH_FULL');
  }

  async #open(image: ImageRef, picture: Picture, rows: Rows, signal: AbortSignal): Promise<DecodedFile> {
    const { decoder, folder, logger } = this.#options;
    const name = join(folder, `${++this.#sequence}`);
    const source = `${name}.${image.format}`;
    const started = performance.now();
    try {
      await this.#download(image, source, signal);
      const file = await openDecodedFile({ decoder, source, target: `${name}.v`, picture, rows, signal });
      const fields = { image: image.id.slice(0, 6), ms: performance.now() - started, whole: file.whole };
      logger.debug(fields, 'image:opened');
      return file;
    } catch (error) {
      await Promise.all([rm(source, { force: true }), rm(`${name}.v`, { force: true })]);
      throw error;
    }
  }

  async #download(image: ImageRef, target: string, signal: AbortSignal): Promise<void> {
    const digest = createHash('sha256');
    const seen = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk);
        done(null, chunk);
      },
    });
    try {
      const body = await this.#options.objects.get(image.key, { signal });
      await pipeline(body, seen, createWriteStream(target, { mode: 0o600 }), { signal });
    } catch (error) {
      throw downloadError(error, signal);
    }
    if (digest.digest('hex') !== image.sha256) {
      throw new AppError('STORE_CORRUPT', { details: { image: image.id, reason: 'the source has another SHA-256' } });
    }
  }
}

/** An image is decoded once for each depth that it is worked in. */
function keyOf({ key }: ImageRef, { depth = 8 }: Picture): string {
  return `${key} ${depth}`;
}

function downloadError(error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) return new AppError('CANCELLED', { cause: error });
  if (AppError.is(error)) return error.code === 'NOT_FOUND' ? new AppError('SOURCE_MISSING', { cause: error }) : error;
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return new AppError(full ? 'SCRATCH_FULL' : 'STORE_UNAVAILABLE', { cause: error });
}
