import type { JobDto } from '@tessera/contracts';

/** Seconds that are looked back on, and from which on the rate is trusted. */
const WINDOW = 40;
const SHORTEST = 3;

/** Tells from how fast a batch has been going when it will be done. */
export class BatchRate {
  #samples: { readonly at: number; readonly share: number }[] = [];

  /** @param at in seconds. Gives seconds left, at best and at worst; `null` while that would be a guess. */
  take(share: number, at: number): JobDto['progress']['eta'] {
    const last = this.#samples.at(-1);
    if (last === undefined || share > last.share) this.#samples.push({ at, share });
    const [oldest, second] = this.#samples;
    if (oldest && second && at - second.at > WINDOW) this.#samples.shift();
    const [first] = this.#samples;
    const latest = this.#samples.at(-1);
    if (!first || !latest || latest.at - first.at < SHORTEST || this.#samples.length < 4) return null;
    const rate = (latest.share - first.share) / (latest.at - first.at);
    const left = (1 - latest.share) / rate;
    return { low: left * 0.8, high: left * 1.25 };
  }
}
