import type { Pyramid } from '@tessera/codec';
import type { AppError } from '@tessera/runtime';
import type { StoredPicture } from './picture.ts';

/** A pyramid that is there, or is being made. Times are those of the cache's clock, in milliseconds. */
export class PyramidEntry {
  readonly picture: StoredPicture;
  readonly made: Promise<Pyramid>;
  readonly stop = new AbortController();
  /** Bytes of scratch that it takes, or may take while it is made; 0 until its turn has come. */
  bytes = 0;
  pyramid: Pyramid | undefined;
  failure: { readonly error: AppError; readonly at: number } | undefined;
  /** Who reads it, or waits for it. */
  leases = 0;
  askedAt: number;
  #share = 0;

  constructor(picture: StoredPicture, now: number, make: (entry: PyramidEntry) => Promise<Pyramid>) {
    this.picture = picture;
    this.askedAt = now;
    this.made = make(this);
    this.made.catch(() => undefined);
  }

  /** How far it is, 0–1; never falls. */
  get share(): number {
    return this.pyramid === undefined ? this.#share : 1;
  }

  /** Notes how far it is; ready is only what is there. */
  note(share: number): void {
    this.#share = Math.max(this.#share, Math.min(0.99, share));
  }

  get building(): boolean {
    return this.pyramid === undefined && this.failure === undefined;
  }
}
