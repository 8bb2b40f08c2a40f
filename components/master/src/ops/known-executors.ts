import type { ExecutorState } from '../background/executor-registry.ts';
import { Ring } from './ring.ts';
import { SAMPLE_SECONDS } from './sample-series.ts';

/** Milliseconds for which an executor that left is still shown. */
const REMEMBERED = 3_600_000;
/** Executors that left; of more the first to leave are forgotten. */
const MOST_GONE = 100;
/** Samples of each executor: an hour. */
const SAMPLES = 3600 / SAMPLE_SECONDS;

export interface ExecutorSample {
  readonly at: number;
  readonly seconds: number;
  readonly done: number;
  /** Of the tasks done, altogether. */
  readonly milliseconds: number;
  readonly busySlots: number;
  readonly load: number;
}

export interface KnownExecutor {
  readonly presence: ExecutorState;
  readonly alive: boolean;
  /** Milliseconds of the clock. */
  readonly seenAt: number;
  readonly knownSince: number;
  readonly samples: readonly ExecutorSample[];
}

interface Entry {
  presence: ExecutorState;
  alive: boolean;
  seenAt: number;
  readonly knownSince: number;
  readonly samples: Ring<ExecutorSample>;
}

/** Executors with what they did of late; those that left are remembered for a while. */
export class KnownExecutors {
  readonly #entries = new Map<string, Entry>();
  readonly #living: () => readonly ExecutorState[];
  readonly #now: () => number;

  /** @param living who shows itself now. */
  constructor(living: () => readonly ExecutorState[], now: () => number) {
    this.#living = living;
    this.#now = now;
  }

  /** Living ones by name, then those that left, the last to leave first. */
  list(): readonly KnownExecutor[] {
    this.#look();
    return [...this.#entries.values()]
      .map(({ samples, ...entry }) => ({ ...entry, samples: samples.values }))
      .sort((a, b) => {
        if (a.alive !== b.alive) return a.alive ? -1 : 1;
        if (!a.alive) return b.seenAt - a.seenAt;
        return a.presence.executor < b.presence.executor ? -1 : 1;
      });
  }

  /** Notes what each did in the last seconds. */
  sample(seconds: number, did: ReadonlyMap<string, { readonly done: number; readonly milliseconds: number }>): void {
    this.#look();
    for (const [name, { alive, presence, samples }] of this.#entries) {
      const { done, milliseconds } = did.get(name) ?? { done: 0, milliseconds: 0 };
      const [busySlots, load] = alive ? [presence.tasks.length, presence.load] : [0, 0];
      samples.push({ at: this.#now(), seconds, done, milliseconds, busySlots, load });
    }
  }

  #look(): void {
    const now = this.#now();
    for (const entry of this.#entries.values()) entry.alive = false;
    for (const presence of this.#living()) {
      const seenAt = now - presence.seenSecondsAgo * 1000;
      const known = this.#entries.get(presence.executor);
      if (known !== undefined) Object.assign(known, { presence, alive: true, seenAt });
      else {
        const samples = new Ring<ExecutorSample>(SAMPLES);
        this.#entries.set(presence.executor, { presence, alive: true, seenAt, knownSince: now, samples });
      }
    }
    const gone = [...this.#entries]
      .filter(([, { alive }]) => !alive)
      .sort(([, a], [, b]) => b.seenAt - a.seenAt)
      .filter(([, { seenAt }], place) => place >= MOST_GONE || now - seenAt > REMEMBERED);
    for (const [name] of gone) this.#entries.delete(name);
  }
}
