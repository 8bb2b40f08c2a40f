import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { readWindow, type DecodedRaster, type Decoder } from '@tessera/codec';
import type { RasterFacts } from '@tessera/contracts';
import type { RasterBlock, RasterFile, RasterWindow } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';

/** Bytes of a picture's file. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** First bytes of JPEG and PNG, in hexadecimal. */
const PICTURE = /^(?:ffd8ff|89504e470d0a1a0a)/;
const MAGIC_BYTES = 8;

export interface PictureScenesOptions {
  readonly objects: Pick<ObjectStore, 'get' | 'head'>;
  readonly decoder: Pick<Decoder, 'probe' | 'decode'>;
  /** Below the decoder's scratch folder; it need not exist. */
  readonly folder: string;
  /** Bytes that the decoded scenes of one request may take on disk. */
  readonly quotaBytes: number;
}

/**
 * Scenes that are pictures, JPEG or PNG: each is decoded as a whole, once, by a process that may be killed, to a file of
 * which windows are read. The decoder refuses by its limits before it decodes a pixel.
 */
export class PictureScenes implements AsyncDisposable {
  readonly #options: PictureScenesOptions;
  readonly #folder: string;
  #bytes = 0;

  constructor(options: PictureScenesOptions) {
    this.#options = options;
    this.#folder = join(options.folder, `scenes-${randomUUID()}`);
  }

  /**
   * Opens an object if it is a picture.
   *
   * @returns undefined if it is none.
   * @throws AppError NOT_FOUND, FILE_TOO_LARGE, SCRATCH_FULL, and any code of the image.
   */
  async open(key: string, signal: AbortSignal): Promise<RasterFile | undefined> {
    const { objects, decoder, quotaBytes } = this.#options;
    const head = await objects.head(key, { signal });
    if (head === undefined) throw new AppError('NOT_FOUND', { message: `There is no object ${key}.` });
    const range = { start: 0, end: Math.min(MAGIC_BYTES, head.bytes) };
    if (!PICTURE.test((await buffer(await objects.get(key, { range, signal }))).toString('hex'))) return undefined;
    if (head.bytes > MAX_FILE_BYTES) throw new AppError('FILE_TOO_LARGE', { message: `${key} is too large.` });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, randomUUID());
    try {
      await pipeline(await objects.get(key, { signal }), createWriteStream(path, { mode: 0o600 }), { signal });
      const { width, height, channels } = await decoder.probe(path, { signal });
      this.#bytes += width * height * channels;
      if (this.#bytes > quotaBytes) throw new AppError('SCRATCH_FULL');
      return new PictureScene(await decoder.decode(path, `${path}.v`, { signal }));
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Removes the decoded files. */
  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

class PictureScene implements RasterFile {
  readonly facts: RasterFacts;
  readonly #raster: DecodedRaster;

  constructor(raster: DecodedRaster) {
    const { width, height, channels } = raster;
    this.#raster = raster;
    this.facts = {
      ...{ width, height, type: 'uint8', nodata: null, mask: 'none', epsg: null, transform: null },
      bands: Array.from({ length: channels }, () => ({ name: null, scale: 1, offset: 0 })),
      tile: { width, height: 1 },
      overviews: [],
    };
  }

  levelFor(): number {
    return 0;
  }

  readWindow({ x, y, width, height, bands: wanted }: RasterWindow): Promise<RasterBlock> {
    const { data, channels } = readWindow(this.#raster, { x, y, width, height }).raster;
    const bands = (wanted ?? this.facts.bands.keys().toArray()).map((band) => {
      const samples = new Uint8Array(width * height);
      for (let at = 0, from = band; at < samples.length; at += 1, from += channels) samples[at] = data[from] ?? 0;
      return samples;
    });
    return Promise.resolve({ x, y, width, height, type: 'uint8', bands, valid: bands.map(() => undefined) });
  }
}
