import type { OpsSample, OpsSpan } from '@tessera/contracts';
import { Ring } from './ring.ts';

/** Seconds between two samples, and samples of which one of the coarse series is made. */
export const SAMPLE_SECONDS = 5;
const COARSE = 24;

const HOUR = 3600 / SAMPLE_SECONDS;
const DAY = (24 * 3600) / (SAMPLE_SECONDS * COARSE);

type Figure = Exclude<keyof OpsSample, 'at'>;

/** Of these the worst moment counts, of all others the mean. */
const WORST: ReadonlySet<Figure> = new Set(['oldestReadySeconds']);

/** The site's figures over an hour, and over a day in coarser steps; bounded, and gone with the process. */
export class SampleSeries {
  readonly #hour = new Ring<OpsSample>(HOUR);
  readonly #day = new Ring<OpsSample>(DAY);
  #bucket: OpsSample[] = [];

  push(sample: OpsSample): void {
    this.#hour.push(sample);
    this.#bucket.push(sample);
    if (this.#bucket.length < COARSE) return;
    this.#day.push(coarse(sample, this.#bucket));
    this.#bucket = [];
  }

  /** Oldest first; the coarse series ends with what its next sample holds so far. */
  read(span: OpsSpan): { readonly everySeconds: number; readonly samples: readonly OpsSample[] } {
    if (span === 'hour') return { everySeconds: SAMPLE_SECONDS, samples: this.#hour.values };
    const last = this.#bucket.at(-1);
    const begun = last === undefined ? [] : [coarse(last, this.#bucket)];
    return { everySeconds: SAMPLE_SECONDS * COARSE, samples: [...this.#day.values, ...begun] };
  }
}

/** One sample of several, whose newest is `last`. */
function coarse(last: OpsSample, samples: readonly OpsSample[]): OpsSample {
  const figures = (Object.keys(last) as (keyof OpsSample)[]).filter((key): key is Figure => key !== 'at');
  const valueOf = (key: Figure): number | null => {
    const known = samples.map((sample) => sample[key]).filter((value) => value !== null);
    if (known.length === 0) return null;
    return WORST.has(key) ? Math.max(...known) : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  return { ...last, ...Object.fromEntries(figures.map((key) => [key, valueOf(key)])) };
}
