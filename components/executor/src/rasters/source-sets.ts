import { buffer } from 'node:stream/consumers';
import { sourceSetSchema, type ImageRef, type SourceSet } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';

/** Sets that are kept: those of the jobs that an executor works on side by side. */
const KEPT = 16;

/** The lists of rasters that jobs are made of; each is read once while its tasks follow one another. */
export class SourceSets {
  readonly #objects: ObjectStore;
  readonly #sets = new Map<string, Promise<SourceSet>>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @throws AppError SOURCE_MISSING if the list is no longer stored, and what the store throws. */
  async read({ key }: Pick<ImageRef, 'key'>): Promise<SourceSet> {
    const known = this.#sets.get(key);
    const set = known ?? this.#fetch(key);
    this.#sets.delete(key);
    this.#sets.set(key, set);
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= KEPT) break;
      this.#sets.delete(oldest);
    }
    try {
      return await set;
    } catch (error) {
      if (this.#sets.get(key) === set) this.#sets.delete(key);
      throw error;
    }
  }

  async #fetch(key: string): Promise<SourceSet> {
    try {
      const text = await buffer(await this.#objects.get(key));
      return sourceSetSchema.parse(JSON.parse(text.toString('utf8')));
    } catch (error) {
      throw AppError.is(error) && error.code === 'NOT_FOUND' ? new AppError('SOURCE_MISSING', { cause: error }) : error;
    }
  }
}
