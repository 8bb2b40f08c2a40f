import { presenceSchema, type Presence, type Strategy } from '@tessera/contracts';
import type { Broker, Subscription } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { HeldTasks, JobStore } from '@tessera/store';
import type { Takers } from '../jobs/waits-for.ts';
import type { WillingExecutor } from './draw-inbox.ts';
import { gaugeOf } from './gauge-of.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two notes that running tasks are alive. */
const TOUCH = 5000;
/** Addresses of inboxes that are gone, which are remembered. */
const MOST_GONE = 1000;

export interface RegistryParts {
  readonly broker: Broker;
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly goneMilliseconds: number;
  readonly now: () => number;
  /** More work may be in flight than before, or somebody takes what nobody took. */
  readonly onMoreRoom: () => void;
}

export type ExecutorState = Omit<Presence, 'v'> & { readonly seenSecondsAgo: number };

/** Who works: told by heartbeats, forgotten without. Keeps the tasks that living executors report from being revived. */
export class ExecutorRegistry {
  readonly #parts: RegistryParts;
  readonly #seen = new Map<string, { readonly presence: Presence; readonly at: number }>();
  readonly #touching: Repeat;
  /** Inboxes that the broker says are gone, while their executors are still thought to live. */
  readonly #gone = new Set<string>();
  #stopListening = (): void => undefined;
  /** Since when heartbeats are heard without a break. */
  #since = Infinity;
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
    this.#stopListening = this.#parts.broker.onConnect(() => (this.#since = this.#parts.now()));
    this.#subscription = await this.#parts.broker.subscribe('presence', (body) => this.#note(body));
    this.#touching.start();
  }

  async close(): Promise<void> {
    this.#stopListening();
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

  /** Whoever lives has been heard by now, so that who has not been heard is gone. */
  knowsAll(): boolean {
    return this.#parts.now() - this.#since >= this.#parts.goneMilliseconds;
  }

  /** Those that a task can be sent to now. */
  willing(): readonly WillingExecutor[] {
    return this.#reachable().flatMap(({ presence: { executor, inbox, kernel, willing = true } }) =>
      inbox !== undefined && willing ? [{ executor, inbox, kernel }] : [],
    );
  }

  /** Versions of the pixels that the living executors make, those too that only finish what they have. */
  kernels(): readonly string[] {
    return [...new Set(this.#alive().map(({ presence }) => presence.kernel))].sort();
  }

  /** How many there are for tasks of this strategy, whose plan promises pixels of this version. */
  takers(strategy: Strategy, kernel: string): Takers {
    const able = strategy === 'random' ? this.#reachable() : this.#alive().filter(({ presence }) => !presence.draining);
    const living = able.filter(({ presence }) => presence.kernel === kernel);
    const willing = living.filter(({ presence }) => presence.willing ?? true);
    return { unknown: !this.knowsAll(), living: living.length, willing: willing.length };
  }

  /** The broker says that this inbox is gone, which it knows before its executor is missed. */
  forgetInbox(address: string): void {
    if (this.#gone.size >= MOST_GONE) this.#gone.clear();
    this.#gone.add(address);
  }

  /**
   * What the living executors report.
   *
   * @param busy only inboxes of executors all of whose slots are taken.
   */
  held(busy: boolean): Pick<HeldTasks, 'inboxes' | 'held'> {
    const inboxes = this.#reachable()
      .filter(({ presence }) => !busy || presence.tasks.length >= presence.slots)
      .flatMap(({ presence }) => presence.inbox ?? []);
    return { inboxes, held: this.#alive().flatMap(({ presence }) => presence.tasks.map(({ task }) => task)) };
  }

  /** Those with an inbox from which they still take tasks, or turn them away. */
  #reachable() {
    return this.#alive().filter(
      ({ presence: { inbox, draining } }) => inbox !== undefined && !draining && !this.#gone.has(inbox),
    );
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
    const before = [this.slots(), this.willing().length] as const;
    const known = this.#seen.get(presence.executor)?.presence;
    this.#forget();
    if (!this.#seen.has(presence.executor)) {
      const { executor, host, slots } = presence;
      this.#parts.logger.info({ executor, host, slots }, 'executor:appeared');
    }
    this.#seen.set(presence.executor, { presence, at: this.#parts.now() });
    const turned = (known?.willing ?? true) !== (presence.willing ?? true) || known?.inbox !== presence.inbox;
    if (this.slots() > before[0] || this.willing().length > before[1] || turned) this.#parts.onMoreRoom();
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
