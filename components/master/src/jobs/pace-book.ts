import type { StagePace } from '@tessera/contracts';
import {
  estimateLeft,
  shareDone,
  stageCosts,
  workOf,
  type CostTable,
  type Left,
  type StageCost,
} from '@tessera/imaging';
import type { Logger } from '@tessera/runtime';
import type { JobRow, JobStore, StagePaceRow } from '@tessera/store';
import { logError } from '../log-ref.ts';
import type { SiteLoad } from './estimate-jobs.ts';
import { QueueBook } from './queue-book.ts';
import { SpeedBook } from './speed-book.ts';

/** Milliseconds between two looks at the database at least; longer where a look takes longer. */
const SHORTEST = 1000;
/** A look takes at most this share of the time. */
const DUTY = 0.05;
/** Jobs that one look may ask for. */
const MOST_JOBS = 200;
/** Milliseconds after which a job that nobody asked for is no longer looked at. */
const FORGOTTEN = 30_000;
/** Tasks of a job that have to be done before it is foretold by itself, and milliseconds that have to be over. */
const FEW = 3;
const SHORT = 1500;

export interface PaceParts {
  readonly store: Pick<JobStore, 'readPace' | 'listOpenJobs' | 'getJob'>;
  readonly logger: Logger;
  /** Tasks that the living executors can run at one time. */
  readonly slots: () => number;
  readonly now: () => number;
  readonly costs: CostTable;
}

/** How far a job is, as its page shows it. */
export interface JobOutlook {
  /** 0–1 by cost; 1 only for jobs that are done. */
  readonly share: number;
  readonly eta: Left | null;
  /** Jobs that come before one that waits. */
  readonly ahead: number | undefined;
  readonly slots: number;
}

interface Entry {
  readonly paces: readonly (StagePace | undefined)[];
  /** When the paces were seen. */
  readonly seenAt: number;
  readonly askedAt: number;
}

/**
 * Foretells how long jobs take. It answers at once from what it saw last, and looks again in the background while
 * somebody asks, so that neither calls nor events wait for it.
 */
export class PaceBook {
  readonly #parts: PaceParts;
  readonly #entries = new Map<string, Entry>();
  readonly #speeds = new SpeedBook();
  readonly #queue: QueueBook;
  #looking = false;
  #next = 0;

  constructor(parts: PaceParts) {
    this.#parts = parts;
    this.#queue = new QueueBook(parts);
  }

  outlook(row: JobRow): JobOutlook {
    const slots = this.#parts.slots();
    const costs = stageCosts(row.plan, row.image.format, this.#parts.costs);
    const share = row.state === 'done' ? 1 : shareDone(costs, row.stagesDone);
    if (row.state === 'running') return { share, eta: this.#left(row, costs, slots), ahead: undefined, slots };
    if (row.state === 'queued') {
      const { jobs, milliseconds } = this.#queue.before(row, workOf(costs));
      return { share, eta: this.#wait(costs, milliseconds, slots), ahead: jobs, slots };
    }
    // A job that has just ended is looked at once more, for what its last stages took.
    if (this.#entries.has(row.id)) this.#look();
    return { share, eta: null, ahead: undefined, slots };
  }

  /** How fast tasks are done over what was expected, and how much work waits: for estimates of what is not there yet. */
  load(): SiteLoad {
    return {
      slots: this.#parts.slots(),
      speed: this.#speeds.seen ? this.#speeds.mean() : undefined,
      waitingMilliseconds: this.#queue.total(),
    };
  }

  #left(row: JobRow, costs: readonly StageCost[], slots: number): Left | null {
    const now = this.#parts.now();
    const entry = this.#entries.get(row.id);
    this.#entries.delete(row.id);
    this.#entries.set(row.id, { paces: entry?.paces ?? [], seenAt: entry?.seenAt ?? now, askedAt: now });
    this.#speeds.watch(row.id, costs);
    this.#look();
    const speeds = this.#speeds.speeds();
    const seen = costs.some((cost, n) => isTelling(entry?.paces[n], cost));
    const old = now - (row.startedAt?.getTime() ?? now) >= SHORT;
    const known = row.plan.stages.every(({ kind }, n) => (row.stagesDone[n] ?? 0) > 0 || speeds[kind] !== undefined);
    if (!known && !(seen && old)) return null;
    const paces = costs.map((_, n) => entry?.paces[n]);
    const ageMilliseconds = now - (entry?.seenAt ?? now);
    return estimateLeft({ costs, stagesDone: row.stagesDone, paces, ageMilliseconds, slots, speeds }) ?? null;
  }

  /** Until a job that waits has ended: the work before it, then its own. */
  #wait(costs: readonly StageCost[], before: number, slots: number): Left | null {
    const speeds = this.#speeds.speeds();
    if (slots === 0) return null;
    const own = estimateLeft({ costs, stagesDone: [], paces: [], ageMilliseconds: 0, slots, speeds });
    if (own === undefined) return null;
    const waiting = (before * this.#speeds.mean()) / slots / 1000;
    return { low: own.low + 0.6 * waiting, high: own.high + 1.4 * waiting };
  }

  #look(): void {
    if (this.#looking || this.#parts.now() < this.#next) return;
    this.#looking = true;
    void this.#read().finally(() => (this.#looking = false));
  }

  async #read(): Promise<void> {
    const began = this.#parts.now();
    for (const [id, { askedAt }] of this.#entries) if (began - askedAt > FORGOTTEN) this.#drop(id);
    // The last asked for are last in the map.
    const jobs = [...this.#entries.keys()].slice(-MOST_JOBS);
    if (jobs.length === 0) return;
    try {
      const rows = await this.#parts.store.readPace(jobs);
      for (const [job, own] of Map.groupBy(rows, (row) => row.job)) this.#note(job, own, this.#parts.now());
    } catch (error) {
      this.#parts.logger.warn({ err: logError(error) }, 'pace:failed');
    }
    const ended = this.#parts.now();
    this.#next = ended + Math.max(SHORTEST, (ended - began) / DUTY);
  }

  #note(job: string, rows: readonly StagePaceRow[], seenAt: number): void {
    const entry = this.#entries.get(job);
    if (entry === undefined) return;
    const paces: StagePace[] = [];
    for (const row of rows) paces[row.stage] = row;
    this.#entries.set(job, { ...entry, paces, seenAt });
    this.#speeds.note(job, paces);
  }

  #drop(job: string): void {
    this.#entries.delete(job);
    this.#speeds.forget(job);
  }
}

/** Whether the tasks to come can be told from those that are done: the first ones may have waited for the source. */
const isTelling = (pace: StagePace | undefined, { tasks, waitMilliseconds }: StageCost): boolean =>
  pace !== undefined && (pace.steady >= FEW || (pace.done >= FEW && (waitMilliseconds === 0 || pace.done > tasks / 2)));
