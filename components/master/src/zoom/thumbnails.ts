import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readThumbnail, type Decoder, type View } from '@tessera/codec';
import type { ThumbnailSide } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';
import { fetchObject } from './fetch-object.ts';
import type { StoredPicture } from './picture.ts';
import type { PyramidCache } from './pyramid-cache.ts';
import { SharedWork } from './shared-work.ts';
import { Turns } from './turns.ts';

/** Bytes of thumbnails that are kept in memory: some thousands. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** Thumbnails made at one time; the decoder has other work too. */
const AT_ONCE = 1;

export interface ThumbnailParts {
  readonly objects: ObjectStore;
  readonly decoder: Pick<Decoder, 'makeThumbnail'>;
  readonly pyramids: Pick<PyramidCache, 'find'>;
}

/** Small pictures for lists: out of a pyramid where there is one, else made by themselves; the last ones are kept. */
export class Thumbnails {
  readonly #parts: ThumbnailParts;
  readonly #turns = new Turns(AT_ONCE);
  readonly #work = new SharedWork<View>();
  /** In the order of use. */
  readonly #kept = new Map<string, View>();
  #keptBytes = 0;
  #folder = '';
  #sequence = 0;

  constructor(parts: ThumbnailParts) {
    this.#parts = parts;
  }

  /** @param folder below the decoder's scratch folder. */
  start(folder: string): void {
    this.#folder = folder;
  }

  /** @throws AppError any code of the image, NOT_FOUND, STORE_UNAVAILABLE, SCRATCH_FULL, CANCELLED */
  async get(picture: StoredPicture, side: ThumbnailSide, signal: AbortSignal): Promise<View> {
    const key = `${picture.key} ${side}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    return this.#work.run(key, signal, async (stop) => {
      const view = await this.#turns.run(stop, () => this.#make(picture, side, stop));
      this.#keep(key, view);
      return view;
    });
  }

  async #make(picture: StoredPicture, side: ThumbnailSide, signal: AbortSignal): Promise<View> {
    const { objects, decoder, pyramids } = this.#parts;
    const lease = pyramids.find(picture);
    if (lease) {
      try {
        return await readThumbnail(lease.pyramid, side);
      } finally {
        lease.release();
      }
    }
    const target = join(this.#folder, `thumbnail-${(this.#sequence += 1)}`);
    const source = `${target}.source`;
    try {
      await fetchObject(objects, picture.key, source, { signal });
      const { contentType } = await decoder.makeThumbnail(source, target, side, { signal });
      return { bytes: await readFile(target), contentType };
    } finally {
      await Promise.all([rm(source, { force: true }), rm(target, { force: true })]);
    }
  }

  #keep(key: string, view: View): void {
    this.#kept.set(key, view);
    this.#keptBytes += view.bytes.length;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytes.length;
    }
  }
}
