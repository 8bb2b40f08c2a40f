import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Depth } from '@tessera/contracts';
import type { Raster, TextMark } from '@tessera/imaging';
import type { Logger } from '@tessera/runtime';
import { AppError } from '@tessera/runtime/app-error';
import { leftoversOfPyramid } from '../pyramid/make-pyramid.ts';
import { leftoversOfThumbnail, type Thumbnail } from '../pyramid/make-thumbnail.ts';
import type { Pyramid } from '../pyramid/pyramid.ts';
import { leftoversOfRows, type DecodedRows, type RowsRequest } from '../rows/decode-rows.ts';
import type { RowBlocks } from '../rows/row-blocks.ts';
import type { TilePicture } from '../tile/decode-tile.ts';
import { leftovers } from './leftovers.ts';
import { DecodeChild, START_MILLISECONDS, type RunOptions } from './decode-child.ts';
import { Places } from './places.ts';
import type { DecodedRaster, Probe } from './decoded-raster.ts';
import type { DecodeLimits } from './decode-limits.ts';
import type { ChildAnswers, ChildRequest } from './message.ts';

export interface DecoderOptions {
  /**
   * Number of warm processes, which is the number of images that are read side by side; while heavy requests have them
   * all, one more is started for those that only ask for an image's facts.
   */
  readonly children: number;
  /** Time for reading an image's facts, milliseconds; decoding gets 0.2 s per megapixel on top. */
  readonly deadlineMilliseconds: number;
  /** Private memory of one process above which it is killed, bytes. */
  readonly memoryBytes: number;
  /** Folder for decoded files; targets of `decode` lie below it. */
  readonly scratch: string;
  readonly limits: DecodeLimits;
  readonly logger: Logger;
}

export interface DecodeCallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface DecodeImageOptions extends DecodeCallOptions {
  /** Bits of a sample, or fewer where the file has fewer; default 8. */
  readonly depth?: Depth | undefined;
}

export interface PyramidCallOptions extends DecodeCallOptions {
  /** Told how far the work is, 0–1. */
  readonly onShare?: ((share: number) => void) | undefined;
}

/** 0.2 s per megapixel: a 400-megapixel PNG takes 5 s on one idle core, so a busy machine has room. */
const MILLISECONDS_PER_PIXEL = 0.2 / 1000;
/** A pyramid is written and counted on top of that. */
const PYRAMID_MILLISECONDS_PER_PIXEL = 0.4 / 1000;
/** JPEG 2000 takes 0.2 to 1 s per megapixel on one idle core. */
const MILLISECONDS_PER_TILE_SAMPLE = 5 / 1000;
/** A child that holds more than this share of its allowance after a request is replaced by a fresh one. */
const RETIRE_SHARE = 0.5;
/** What reads no more than the head of a file, while somebody waits for the answer. */
const QUICK: ReadonlySet<ChildRequest['kind']> = new Set(['probe', 'load']);
/** Refused by every libvips that blocks untrusted loaders. */
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/** Reads images in a pool of warm child processes that may be killed at any time; the pool goes on. */
export class Decoder {
  readonly #options: DecoderOptions;
  readonly #children = new Set<DecodeChild>();
  readonly #idle: DecodeChild[] = [];
  readonly #places: Places;
  #scratch = '';
  #closed = false;

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#places = new Places(options.children);
  }

  /**
   * Starts the processes and proves that they refuse what they must not read.
   *
   * @throws AppError INVALID_CONFIG if an SVG is read.
   */
  async start(): Promise<void> {
    await mkdir(this.#options.scratch, { recursive: true });
    this.#scratch = await realpath(this.#options.scratch);
    const children = Array.from({ length: this.#options.children }, () => this.#spawn());
    await Promise.all(children.map((child) => child.ready));
    await this.#refuseSvg(children);
    this.#idle.push(...children);
  }

  /** Reads the facts of an image and decides all limits, without decoding a pixel. */
  probe(path: string, { signal }: DecodeCallOptions = {}): Promise<Probe> {
    const { limits } = this.#options;
    return this.#run({ kind: 'probe', path, limits }, () => 0, signal);
  }

  /**
   * Decodes an image to `target`, a file below the scratch folder that appears when it is complete. Probes first.
   *
   * @throws AppError any code of the image, SCRATCH_FULL
   */
  async decode(path: string, target: string, { signal, depth = 8 }: DecodeImageOptions = {}): Promise<DecodedRaster> {
    const { limits } = this.#options;
    const real = await this.#realTarget(target);
    try {
      const extra = (pixels: number): number => pixels * MILLISECONDS_PER_PIXEL;
      return await this.#run({ kind: 'decode', path, target: real, depth, limits }, extra, signal);
    } catch (error) {
      await Promise.all(leftovers(target).map((file) => rm(file, { force: true })));
      throw error;
    }
  }

  /**
   * Finds where a file can be cut into blocks of rows that decode by themselves.
   *
   * @returns undefined for a file that has to be decoded as a whole.
   * @throws AppError any code of the image
   */
  findRowBlocks(path: string, { signal }: DecodeCallOptions = {}): Promise<RowBlocks | undefined> {
    const { limits } = this.#options;
    return this.#run({ kind: 'blocks', path, limits }, () => 0, signal);
  }

  /**
   * Decodes some blocks of a file that can be cut; their rows appear in `request.target`, an existing file below the
   * scratch folder that holds the whole picture's pixels from its first byte on.
   *
   * @throws AppError any code of the image, SCRATCH_FULL
   */
  async decodeRows(request: RowsRequest, { signal }: DecodeCallOptions = {}): Promise<DecodedRows> {
    const { limits } = this.#options;
    const real = { ...request, target: await this.#realTarget(request.target) };
    try {
      const byPixels = (pixels: number): number => pixels * MILLISECONDS_PER_PIXEL;
      return await this.#run({ kind: 'rows', request: real, limits }, byPixels, signal);
    } catch (error) {
      await Promise.all(leftoversOfRows(request).map((file) => rm(file, { force: true })));
      throw error;
    }
  }

  /**
   * Makes the pyramid of an image at `target`, a file below the scratch folder that appears when it is complete.
   *
   * @throws AppError any code of the image, SCRATCH_FULL
   */
  async makePyramid(path: string, target: string, { signal, onShare }: PyramidCallOptions = {}): Promise<Pyramid> {
    const { limits } = this.#options;
    const real = await this.#realTarget(target);
    const extra = (pixels: number): number => pixels * PYRAMID_MILLISECONDS_PER_PIXEL;
    try {
      return await this.#run({ kind: 'pyramid', path, target: real, limits }, extra, signal, onShare);
    } catch (error) {
      await Promise.all(leftoversOfPyramid(target).map((file) => rm(file, { force: true })));
      throw error;
    }
  }

  /**
   * Writes a picture of at most `side` pixels a side to `target`, a file below the scratch folder that appears when it is
   * complete.
   *
   * @throws AppError any code of the image, SCRATCH_FULL
   */
  async makeThumbnail(
    path: string,
    target: string,
    side: number,
    { signal }: DecodeCallOptions = {},
  ): Promise<Thumbnail> {
    const { limits } = this.#options;
    const real = await this.#realTarget(target);
    const extra = (pixels: number): number => pixels * MILLISECONDS_PER_PIXEL;
    try {
      return await this.#run({ kind: 'thumbnail', path, target: real, side, limits }, extra, signal);
    } catch (error) {
      await Promise.all(leftoversOfThumbnail(target).map((file) => rm(file, { force: true })));
      throw error;
    }
  }

  /**
   * Decodes a tile of a raster that is a picture of its own: JPEG, WebP, JPEG 2000.
   *
   * @returns interleaved samples, `width * height * channels`.
   * @throws AppError any code of the image
   */
  decodeTile(tile: TilePicture, { signal }: DecodeCallOptions = {}): Promise<Uint8Array> {
    return this.#run({ kind: 'tile', tile }, (samples) => samples * MILLISECONDS_PER_TILE_SAMPLE, signal);
  }

  /**
   * Sets a text in one line: a raster of one channel that tells how much of each pixel it covers.
   *
   * @throws AppError INVALID_PIPELINE for one that would be too large, or that has nothing to be seen.
   */
  renderText(mark: TextMark, { signal }: DecodeCallOptions = {}): Promise<Raster> {
    return this.#run({ kind: 'text', mark }, () => 0, signal);
  }

  /** What it takes of an image. */
  get limits(): DecodeLimits {
    return this.#options.limits;
  }

  /** Folder below which targets lie; after `start`. */
  get scratch(): string {
    return this.#scratch;
  }

  /** Process ids of the children. */
  pids(): readonly number[] {
    return [...this.#children].flatMap((child) => (child.alive && child.pid !== undefined ? [child.pid] : []));
  }

  /** Ends all children, whatever they do; what waits fails with SHUTTING_DOWN. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const child of this.#children) child.kill('SHUTTING_DOWN');
    this.#places.close();
    await Promise.all([...this.#children].map((child) => child.exited));
  }

  /**
   * The children may write below the scratch folder only, and the code that decodes does not ask for permission. Their
   * permission is for the real path: the way there may lead over a symbolic link.
   */
  async #realTarget(target: string): Promise<string> {
    const folder = await realpath(dirname(target)).catch(() => undefined);
    if (folder !== undefined && `${folder}/`.startsWith(`${this.#scratch}/`)) return join(folder, basename(target));
    throw new AppError('INTERNAL', { message: 'Images are decoded to files in the scratch folder only.' });
  }

  async #refuseSvg(children: readonly DecodeChild[]): Promise<void> {
    const path = join(this.#scratch, `boot-${process.pid}.svg`);
    await writeFile(path, SVG);
    // Nobody waits for these answers: on a machine that starts much else they may be late, and are no less true.
    const patience = { deadlineMilliseconds: START_MILLISECONDS, extraMilliseconds: () => 0 };
    try {
      const answers = await Promise.all(children.map((child) => child.run({ kind: 'load', path }, patience)));
      if (!answers.includes(true)) return;
    } finally {
      await rm(path, { force: true });
    }
    await this.close();
    throw new AppError('INVALID_CONFIG', { message: 'The decoder reads SVG files: its loaders are not blocked.' });
  }

  async #run<Kind extends ChildRequest['kind']>(
    request: Extract<ChildRequest, { kind: Kind }>,
    extraMilliseconds: RunOptions['extraMilliseconds'],
    signal: AbortSignal | undefined,
    onShare?: RunOptions['onShare'],
  ): Promise<ChildAnswers[Kind]> {
    const weight = QUICK.has(request.kind) ? 'quick' : 'heavy';
    await this.#places.enter(weight, signal);
    let child: DecodeChild | undefined;
    try {
      child = this.#take();
      await child.ready;
      return await child.run(request, {
        deadlineMilliseconds: this.#options.deadlineMilliseconds,
        extraMilliseconds,
        signal,
        onShare,
      });
    } finally {
      this.#giveBack(child);
      this.#places.leave(weight);
    }
  }

  #take(): DecodeChild {
    for (let child = this.#idle.pop(); child !== undefined; child = this.#idle.pop()) {
      if (child.alive) return child;
    }
    return this.#spawn();
  }

  #giveBack(child: DecodeChild | undefined): void {
    if (child === undefined || this.#closed) return;
    const spent = child.residentBytes() > this.#options.memoryBytes * RETIRE_SHARE;
    if (spent) child.kill('SHUTTING_DOWN');
    // One that was killed seems alive until the news of its end arrives: it must not be given a request meanwhile.
    this.#idle.push(child.alive && !spent ? child : this.#spawn());
  }

  #spawn(): DecodeChild {
    const { memoryBytes, logger } = this.#options;
    const child = new DecodeChild({ scratch: this.#scratch, memoryBytes });
    this.#children.add(child);
    logger.debug({ pid: child.pid }, 'decoder:started');
    void child.exited.then(() => {
      this.#children.delete(child);
      logger.debug({ pid: child.pid }, 'decoder:ended');
    });
    return child;
  }
}
