/** Seconds after which an older speed counts half. */
const HALF_LIFE = 4;
/** Seconds of sending before an estimate can be trusted. */
const TRUSTED_AFTER = 3;

/** The speed of a transfer, smoothed so that an estimate made of it stays calm. */
export class TransferRate {
  #rate = 0;
  #seconds = 0;
  #last: { readonly at: number; readonly sent: number } | undefined;

  /**
   * @param at seconds
   * @param sent bytes since the beginning
   */
  note(at: number, sent: number): void {
    const last = this.#last;
    this.#last = { at, sent };
    if (!last || at <= last.at) return;
    const seconds = at - last.at;
    const speed = Math.max(0, sent - last.sent) / seconds;
    const weight = this.#seconds === 0 ? 1 : 1 - 0.5 ** (seconds / HALF_LIFE);
    this.#rate += (speed - this.#rate) * weight;
    this.#seconds += seconds;
  }

  /** Seconds that `bytes` will take; undefined while nobody can say. */
  secondsFor(bytes: number): number | undefined {
    if (this.#seconds < TRUSTED_AFTER || this.#rate <= 0) return undefined;
    return bytes / this.#rate;
  }

  /** Nothing is being sent: time that passes now says nothing of the speed. */
  rest(): void {
    this.#last = undefined;
  }
}
