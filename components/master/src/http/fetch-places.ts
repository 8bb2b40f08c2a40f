import { AppError } from '@tessera/runtime';

/** Requests that fetch from elsewhere side by side: of all visitors, and of one. */
const MOST = 32;
const MOST_OF_ONE = 4;

/** Limits how many requests of one visitor, and of all, wait for other servers at one time. */
export class FetchPlaces {
  /** Visitors of those under way. */
  readonly #taken: string[] = [];

  /**
   * Runs work that fetches.
   *
   * @throws AppError RATE_LIMITED where too many are under way; what `work` throws.
   */
  async hold<Result>(visitor: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#taken.length >= MOST || this.#taken.filter((one) => one === visitor).length >= MOST_OF_ONE) {
      throw new AppError('RATE_LIMITED', { message: 'Too many files are being fetched. Try again in a moment.' });
    }
    this.#taken.push(visitor);
    try {
      return await work();
    } finally {
      this.#taken.splice(this.#taken.indexOf(visitor), 1);
    }
  }
}
