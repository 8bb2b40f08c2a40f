import { presenceSchema, type Presence } from '@tessera/contracts';
import type { Broker, Subscription } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { gaugeOf } from './gauge-of.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two notes that running tasks are alive. */
const TOUCH = 5000;

export interface RegistryParts {
  readonly broker: Broker;
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly goneMilliseconds: number;
  readonly now: () => number;
  /** More work may be in flight than before. */
  readonly onMoreSlots: () => void;
}

export type ExecutorState = Omit<Presence, 'v'> & { readonly seenSecondsAgo: number };

/** Who works: told by heartbeats, forgotten without. Keeps the tasks that living executors report from being revived. */
export class ExecutorRegistry {
  readonly #parts: RegistryParts;
  readonly #seen = new Map<string, { readonly presence: Presence; readonly at: number }>();
  readonly #touching: Repeat;
  #subscription: Subscription | undefined;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    const { logger, metrics } = parts;
    this.#touching = new Repeat({ name: 'presence', milliseconds: TOUCH, logger, round: () => this.#touch() });
    gaugeOf(metrics, 'tessera_executors', 'Living executors.', () => this.#alive().length);
    gaugeOf(metrics, 'tessera_executor_slots', 'Tasks that the living executors can run at one time.', () =>
      this.slots(),
    );
  }

  async start(): Promise<void> {
    this.#subscription = await this.#parts.broker.subscribe('presence', (body) => this.#note(body));
    this.#touching.start();
  }

  async close(): Promise<void> {
    await Promise.all([this.#subscription?.cancel(), this.#touching.close()]);
  }

  /** Living executors by name. */
  list(): readonly ExecutorState[] {
    const now = this.#parts.now();
    return this.#alive()
      .map(({ presence: { v: _version, ...state }, at }) => ({
        ...state,
        seenSecondsAgo: Math.max(0, now - at) / 1000,
      }))
      .sort((a, b) => (a.executor < b.executor ? -1 : 1));
  }

  /** Tasks that all living executors together can run at one time. */
  slots(): number {
    return this.#alive().reduce((sum, { presence }) => sum + (presence.draining ? 0 : presence.slots), 0);
  }

  #alive() {
    const oldest = this.#parts.now() - this.#parts.goneMilliseconds;
    return [...this.#seen.values()].filter(({ at }) => at >= oldest);
  }

  #note(body: unknown): void {
    const { data: presence } = presenceSchema.safeParse(body);
    if (presence === undefined) {
      this.#parts.logger.debug('presence:unreadable');
      return;
    }
    const before = this.slots();
    this.#forget();
    if (!this.#seen.has(presence.executor)) {
      const { executor, host, slots } = presence;
      this.#parts.logger.info({ executor, host, slots }, 'executor:appeared');
    }
    this.#seen.set(presence.executor, { presence, at: this.#parts.now() });
    if (this.slots() > before) this.#parts.onMoreSlots();
  }

  #forget(): void {
    const alive = new Set(this.#alive().map(({ presence }) => presence.executor));
    for (const executor of [...this.#seen.keys()].filter((name) => !alive.has(name))) {
      this.#seen.delete(executor);
      this.#parts.logger.warn({ executor }, 'executor:gone');
    }
  }

  async #touch(): Promise<void> {
    this.#forget();
    const tasks = this.#alive().flatMap(({ presence }) => presence.tasks.map(({ task }) => task));
    if (tasks.length > 0) await this.#parts.store.touchTasks(tasks);
  }
}
