import type { JobDto } from '@tessera/contracts';

/** Milliseconds between two changes of what is shown. */
const STEADY = 2000;
/** How much what is shown may rise without a reason beside it. */
const RISE = 1.2;
/** Above this, high over low, a range is shown. */
const WIDE = 1.9;
/** Milliseconds in which an estimate takes the place of those before it. */
const SETTLING = 5000;
/** Milliseconds for which a reason is shown at least. */
const REASON = 8000;

/** Why it takes longer than was shown. */
export type Cause = 'machine-left' | 'retrying' | 'slower';

/** The time left as it is shown: whole minutes and hours, or fives of seconds. */
export interface ShownLeft {
  readonly unit: 'moment' | 'seconds' | 'minutes' | 'hours';
  /** In the unit; `high` above `low` is a range. */
  readonly low: number;
  readonly high: number;
  readonly cause: Cause | undefined;
}

interface Seen {
  /** The estimate as it came. */
  readonly low: number;
  readonly high: number;
  /** When it came, and when by it and those before the job will end. */
  readonly at: number;
  readonly end: number;
  readonly slots: number | undefined;
  readonly retrying: number;
}

/**
 * Makes of estimates that come and go a sentence that can be read: counted down between them, coarse, changed every two
 * seconds at most, and never much longer than before without a reason.
 */
export class CalmLeft {
  #seen: Seen | undefined;
  #shown: ShownLeft | undefined;
  /** Seconds that `#shown` says, and when it was first shown. */
  #seconds = Infinity;
  #changedAt = -Infinity;
  #reasonAt = -Infinity;
  #slots: number | undefined;
  #retrying = 0;

  /** A new estimate, or the old one again; `null` for none. */
  take(eta: JobDto['progress']['eta'], state: { slots: number | undefined; retrying: number; now: number }): void {
    if (eta === null) {
      this.#seen = undefined;
      return;
    }
    const { now, slots, retrying } = state;
    if (this.#seen?.low === eta.low && this.#seen.high === eta.high) {
      this.#seen = { ...this.#seen, slots, retrying };
      return;
    }
    const before = this.#seen;
    const end = now + (eta.low + eta.high) * 500;
    // What has a reason counts at once; else estimates are smoothed, for each is made of the last few tasks.
    const smooth = before !== undefined && before.slots === slots && before.retrying >= retrying;
    const weight = smooth ? 1 - Math.exp(-(now - before.at) / SETTLING) : 1;
    const moved = before === undefined ? end : before.end + (end - before.end) * weight;
    this.#seen = { ...eta, at: now, end: moved, slots, retrying };
  }

  /** What is to be shown now; undefined while nothing can be told. */
  show(now: number): ShownLeft | undefined {
    if (now - this.#changedAt < STEADY) return this.#shown;
    const seen = this.#seen;
    if (seen === undefined) return this.#change(undefined, Infinity, now);
    const next = coarse(Math.max(1, (seen.end - now) / 1000), seen.high / Math.max(0.1, seen.low));
    const seconds = secondsOf(next);
    if (this.#shown !== undefined && seconds > this.#seconds * RISE) {
      const cause = this.#cause(seen);
      this.#reasonAt = now;
      return this.#change({ ...next, cause }, seconds, now);
    }
    // A little more than before is not told: it goes down soon.
    if (this.#shown !== undefined && seconds > this.#seconds) return this.#settle(now);
    const cause = now - this.#reasonAt < REASON ? this.#shown?.cause : undefined;
    return this.#change({ ...next, cause }, seconds, now);
  }

  #settle(now: number): ShownLeft | undefined {
    if (this.#shown?.cause !== undefined && now - this.#reasonAt >= REASON) {
      return this.#change({ ...this.#shown, cause: undefined }, this.#seconds, now);
    }
    return this.#shown;
  }

  #cause({ slots, retrying }: Seen): Cause {
    const left = slots !== undefined && this.#slots !== undefined && slots < this.#slots;
    if (left) return 'machine-left';
    return retrying > this.#retrying ? 'retrying' : 'slower';
  }

  #change(next: ShownLeft | undefined, seconds: number, now: number): ShownLeft | undefined {
    if (JSON.stringify(next) !== JSON.stringify(this.#shown)) this.#changedAt = now;
    this.#shown = next;
    this.#seconds = seconds;
    this.#slots = this.#seen?.slots;
    this.#retrying = this.#seen?.retrying ?? 0;
    return next;
  }
}

const to = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);

/** Seconds as people say them; a range where `wide`, high over low, is large. */
function coarse(middle: number, wide: number): Omit<ShownLeft, 'cause'> {
  if (middle < 4) return { unit: 'moment', low: 0, high: 0 };
  if (middle < 52) return single('seconds', to(middle, middle < 20 ? 5 : 10));
  const [unit, size] = middle < 5400 ? (['minutes', 60] as const) : (['hours', 3600] as const);
  const step = unit === 'minutes' && middle > 1500 ? 5 : 1;
  const [from, until] = [to((2 * middle) / (1 + wide) / size, step), to((2 * middle * wide) / (1 + wide) / size, step)];
  if (until > from && wide >= WIDE) return { unit, low: from, high: until };
  return single(unit, to(middle / size, unit === 'hours' ? 0.5 : step));
}

const single = (unit: ShownLeft['unit'], value: number): Omit<ShownLeft, 'cause'> => ({
  unit,
  low: value,
  high: value,
});

function secondsOf({ unit, low, high }: Omit<ShownLeft, 'cause'>): number {
  const size = { moment: 1, seconds: 1, minutes: 60, hours: 3600 }[unit];
  return unit === 'moment' ? 4 : ((low + high) / 2) * size;
}
