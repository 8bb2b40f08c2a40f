import { AppError } from '@tessera/runtime';

const DAY = 24 * 60 * 60 * 1000;

/** Counts what each address uploads in a day. */
export class ByteBudget {
  readonly #bytesPerDay: number;
  readonly #now: () => number;
  readonly #used = new Map<string, number>();
  #day = 0;

  /** @param bytesPerDay 0: no limit. */
  constructor(bytesPerDay: number, now: () => number) {
    this.#bytesPerDay = bytesPerDay;
    this.#now = now;
  }

  /**
   * Adds what was received.
   *
   * @throws AppError QUOTA_EXCEEDED when the day's share is used up.
   */
  spend(address: string, bytes: number): void {
    if (this.#bytesPerDay === 0) return;
    const day = Math.floor(this.#now() / DAY);
    if (day !== this.#day) this.#used.clear();
    this.#day = day;
    const used = (this.#used.get(address) ?? 0) + bytes;
    this.#used.set(address, used);
    if (used > this.#bytesPerDay) {
      throw new AppError('QUOTA_EXCEEDED', { message: 'The limit of bytes uploaded per day is reached.' });
    }
  }

  /** Takes back what was spent beforehand and did not arrive. */
  giveBack(address: string, bytes: number): void {
    const used = this.#used.get(address);
    if (used !== undefined) this.#used.set(address, Math.max(0, used - bytes));
  }
}
