import { setTimeout as sleep } from 'node:timers/promises';
import type { OpsSample } from '@tessera/contracts';
import type { Broker, QueueName } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { Activity, JobStore, WorkCounts } from '@tessera/store';
import { Repeat } from '../background/repeat.ts';
import type { ExecutorState } from '../background/executor-registry.ts';
import { KnownExecutors } from './known-executors.ts';
import { counterValue } from './counter-value.ts';
import { Ring } from './ring.ts';
import { SAMPLE_SECONDS, SampleSeries } from './sample-series.ts';

export const QUEUES: readonly QueueName[] = ['tasks', 'events', 'dead'];
/** Milliseconds for the broker's answer. */
const PATIENCE = 2000;
/** Samples that a figure "of late" is the mean of. */
const OF_LATE = 3;

export interface SamplerParts {
  readonly broker: Broker;
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly living: () => readonly ExecutorState[];
  readonly now: () => number;
}

interface Rates {
  readonly published: number;
  readonly started: number;
  readonly finished: number;
}

/**
 * Takes the site's figures every few seconds and keeps them for operators. They are facts that all masters share, from
 * the database, the broker and the heartbeats; what a master publishes alone is its own.
 */
export class OpsSampler {
  readonly series = new SampleSeries();
  readonly executors: KnownExecutors;
  readonly #parts: SamplerParts;
  readonly #repeat: Repeat;
  readonly #rates = new Ring<Rates>(OF_LATE);
  readonly #since: number;
  #until: Date | undefined;
  #published = 0;
  #at: number;

  constructor(parts: SamplerParts) {
    this.#parts = parts;
    this.executors = new KnownExecutors(parts.living, parts.now);
    this.#since = this.#at = parts.now();
    const { logger } = parts;
    this.#repeat = new Repeat({
      name: 'sample',
      milliseconds: SAMPLE_SECONDS * 1000,
      logger,
      round: () => this.sample(),
    });
  }

  start(): void {
    this.#repeat.start();
  }

  async close(): Promise<void> {
    await this.#repeat.close();
  }

  /** When the first sample was taken, in milliseconds of the clock. */
  get since(): number {
    return this.#since;
  }

  /** Means over the last quarter of a minute, per second. */
  get rates(): Rates {
    const late = this.#rates.values;
    const mean = (key: keyof Rates): number =>
      late.reduce((sum, rates) => sum + rates[key], 0) / Math.max(1, late.length);
    return { published: mean('published'), started: mean('started'), finished: mean('finished') };
  }

  /** Messages in each queue; null: the broker does not say. */
  async depths(): Promise<Readonly<Record<QueueName, number | null>>> {
    const { broker } = this.#parts;
    const ask = (queue: QueueName): Promise<number | null> =>
      broker.status().connected
        ? Promise.race([broker.depth(queue).catch(() => null), sleep(PATIENCE, null, { ref: false })])
        : Promise.resolve(null);
    const [tasks, events, dead] = await Promise.all([ask('tasks'), ask('events'), ask('dead')]);
    return { tasks, events, dead };
  }

  async sample(): Promise<void> {
    const { store, metrics, living, now } = this.#parts;
    const [activity, work, depths, published] = await Promise.all([
      store.readActivity(this.#until).catch(() => undefined),
      store.countWork().catch(() => undefined),
      this.depths(),
      counterValue(metrics, 'tessera_tasks_published_total', { outcome: 'confirmed' }),
    ]);
    const at = now();
    const publishedPerSecond = (published - this.#published) / Math.max(0.001, (at - this.#at) / 1000);
    const seconds = this.#secondsOf(activity);
    const alive = living();
    this.executors.sample(
      seconds ?? SAMPLE_SECONDS,
      new Map(activity?.rows.flatMap((row) => (row.executor === null ? [] : [[row.executor, row] as const]))),
    );
    const rates = ratesOf(activity, seconds);
    this.#rates.push({ published: publishedPerSecond, started: rates?.started ?? 0, finished: rates?.done ?? 0 });
    this.series.push({
      at: new Date(at).toISOString(),
      tasksPerSecond: rates?.done ?? null,
      megapixelsPerSecond: rates === undefined ? null : rates.pixels / 1e6,
      failedPerSecond: rates?.failed ?? null,
      deadPerSecond: rates?.dead ?? null,
      ...workFigures(work),
      ...depths,
      executors: alive.length,
      slots: alive.reduce((sum, { slots, draining }) => sum + (draining ? 0 : slots), 0),
      busySlots: alive.reduce((sum, { tasks }) => sum + tasks.length, 0),
    });
    this.#published = published;
    this.#at = at;
    this.#until = activity?.until ?? this.#until;
  }

  /** Seconds that an activity covers; undefined for the first look and while the database is away. */
  #secondsOf(activity: Activity | undefined): number | undefined {
    if (activity === undefined || this.#until === undefined) return undefined;
    const seconds = (activity.until.getTime() - this.#until.getTime()) / 1000;
    return seconds > 0 ? seconds : undefined;
  }
}

function ratesOf(activity: Activity | undefined, seconds: number | undefined) {
  if (activity === undefined || seconds === undefined) return undefined;
  const per = (key: 'started' | 'done' | 'pixels' | 'failed' | 'dead'): number =>
    activity.rows.reduce((sum, row) => sum + row[key], 0) / seconds;
  return {
    started: per('started'),
    done: per('done'),
    pixels: per('pixels'),
    failed: per('failed'),
    dead: per('dead'),
  };
}

function workFigures(work: WorkCounts | undefined): Pick<OpsSample, 'ready' | 'inFlight' | 'oldestReadySeconds'> {
  if (work === undefined) return { ready: null, inFlight: null, oldestReadySeconds: null };
  const { ready, inFlight, oldestReadySeconds } = work;
  return { ready, inFlight, oldestReadySeconds };
}
