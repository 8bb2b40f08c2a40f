import type { JobRow } from '@tessera/store';
import { stageCosts, workOf, type CostTable } from '@tessera/imaging';
import { logError } from '../log-ref.ts';
import type { PaceParts } from './pace-book.ts';

/** Open jobs that are looked at. */
const MOST = 2000;
/** Milliseconds between two looks. */
const EVERY = 1500;
/** Jobs whose costs are remembered. */
const REMEMBERED = 5000;

type OpenJob = Awaited<ReturnType<PaceParts['store']['listOpenJobs']>>[number];

/** What comes before a job that waits. */
export interface Before {
  /** Undefined until it was looked up. */
  readonly jobs: number | undefined;
  /** Expected work of these jobs, in milliseconds of one core. */
  readonly milliseconds: number;
}

/** Knows the jobs that are open, to tell those who wait what comes before them. */
export class QueueBook {
  readonly #parts: PaceParts;
  readonly #costs = new Map<string, number>();
  #open: readonly OpenJob[] = [];
  #seen = false;
  #looking = false;
  #next = 0;

  constructor(parts: PaceParts) {
    this.#parts = parts;
  }

  /**
   * Visitors take turns: before the nth job of one come his own before it, and of every other visitor n at most.
   *
   * @param cost of the job itself, remembered for those behind it.
   */
  before(row: Pick<JobRow, 'id' | 'visitor'>, cost: number): Before {
    this.#remember(row.id, cost);
    this.#look();
    const place = this.#open.filter(({ visitor }) => visitor === row.visitor).findIndex(({ id }) => id === row.id);
    if (!this.#seen || place === -1) return { jobs: undefined, milliseconds: 0 };
    const taken = new Map<string, number>();
    const ahead = this.#open.filter(({ visitor }) => {
      const turn = taken.get(visitor) ?? 0;
      taken.set(visitor, turn + 1);
      return visitor === row.visitor ? turn < place : turn <= place;
    });
    const known = ahead.flatMap(({ id }) => this.#costs.get(id) ?? []);
    const mean = known.length === 0 ? cost : known.reduce((sum, value) => sum + value, 0) / known.length;
    return { jobs: ahead.length, milliseconds: mean * ahead.length };
  }

  /** Expected work of all open jobs, in milliseconds of one core; jobs that nobody looked at count as the mean. */
  total(): number {
    this.#look();
    const known = this.#open.flatMap(({ id }) => this.#costs.get(id) ?? []);
    if (known.length === 0) return 0;
    return (known.reduce((sum, value) => sum + value, 0) / known.length) * this.#open.length;
  }

  #remember(job: string, cost: number): void {
    this.#costs.delete(job);
    this.#costs.set(job, cost);
    const [oldest] = this.#costs.keys();
    if (this.#costs.size > REMEMBERED && oldest !== undefined) this.#costs.delete(oldest);
  }

  #look(): void {
    if (this.#looking || this.#parts.now() < this.#next) return;
    this.#looking = true;
    void this.#read().finally(() => (this.#looking = false));
  }

  async #read(): Promise<void> {
    const { store, logger, now, costs } = this.#parts;
    try {
      const open = await store.listOpenJobs(MOST);
      // The one at work is what those behind it wait for: its cost counts most.
      const first = open[0];
      if (first !== undefined && !this.#costs.has(first.id)) {
        const row = await store.getJob(first.id);
        if (row) this.#remember(row.id, costOf(row, costs));
      }
      this.#open = open;
      this.#seen = true;
    } catch (error) {
      logger.warn({ err: logError(error) }, 'queue:failed');
    }
    this.#next = now() + EVERY;
  }
}

const costOf = ({ plan, image }: JobRow, costs: CostTable): number => workOf(stageCosts(plan, image.format, costs));
