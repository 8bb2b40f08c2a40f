import type { TaskMessage } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { logError } from '../log-ref.ts';
import { inFlightWindow } from './in-flight-window.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two looks for tasks that nobody announced. */
const POLL = 1000;
/** Milliseconds between two looks for tasks that got lost. */
const REVIVE = 2000;
/** Tasks published side by side. */
const ROUND = 128;
/**
 * Seconds after which a claim that was not confirmed is taken for that of a dead master. A slow broker may confirm
 * later; then the task is published twice, which harms nothing.
 */
const PUBLISHING_SECONDS = 7;
/** Seconds that a published task may be neither in the queue nor begun. */
const VANISHED_SECONDS = 30;

export interface RelayParts {
  readonly store: JobStore;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Tasks that the living executors can run at one time. */
  readonly slots: () => number;
  /** Tasks of one job in flight at least. */
  readonly tasksPerJob: number;
  readonly maxAttempts: number;
  /** Seconds after which a running task that nobody reports is lost. */
  readonly taskLostSeconds: number;
}

/**
 * Publishes ready tasks: the tasks table is the outbox, so a task is published again until its message is known to
 * have arrived, and all of them when the broker has lost its queues.
 */
export class Relay {
  readonly #parts: RelayParts;
  readonly #publishing: Repeat;
  readonly #reviving: Repeat;
  readonly #published;
  #stopListening = (): void => undefined;
  /** The broker came up empty: everything that was in its queues is to be published again. */
  #lost = false;

  constructor(parts: RelayParts) {
    const { logger } = parts;
    this.#parts = parts;
    this.#publishing = new Repeat({ name: 'relay', milliseconds: POLL, logger, round: () => this.#publishReady() });
    this.#reviving = new Repeat({ name: 'revive', milliseconds: REVIVE, logger, round: () => this.#revive() });
    this.#published = parts.metrics.counter('tessera_tasks_published_total', 'Task messages by outcome.', ['outcome']);
  }

  start(): void {
    this.#stopListening = this.#parts.broker.onConnect(({ fresh, epoch }) => {
      this.#parts.logger.info({ fresh, epoch }, 'broker:connected');
      if (fresh) this.#lost = true;
      this.wake();
    });
    this.#publishing.start();
    this.#reviving.start();
  }

  /** There may be something to publish. */
  wake(): void {
    this.#publishing.wake();
  }

  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([this.#publishing.close(), this.#reviving.close()]);
  }

  async #publishReady(): Promise<void> {
    const { store, broker, slots, tasksPerJob, maxAttempts } = this.#parts;
    for (;;) {
      const { connected, blocked } = broker.status();
      if (!connected || blocked) return;
      if (this.#lost) {
        await store.republishAll({ running: true });
        this.#lost = false;
      }
      const inFlight = inFlightWindow(slots());
      const perJob = Math.max(tasksPerJob, Math.ceil(inFlight / 2));
      const messages = await store.claimTasks({ limit: ROUND, perJob, inFlight, maxAttempts });
      if (messages.length === 0) return;
      if (!(await this.#publish(messages))) return;
    }
  }

  /** Gives false if some could not be published, so that the next try waits a little. */
  async #publish(messages: readonly TaskMessage[]): Promise<boolean> {
    const { store, broker, logger } = this.#parts;
    const outcomes = await Promise.allSettled(
      messages.map((message) => broker.publish('tasks', message, { messageId: message.task })),
    );
    const confirmed = messages.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const failed = messages.filter((_, index) => outcomes[index]?.status === 'rejected');
    this.#published.inc({ outcome: 'confirmed' }, confirmed.length);
    this.#published.inc({ outcome: 'failed' }, failed.length);
    if (confirmed.length > 0) await store.markPublished(confirmed.map((message) => message.task));
    if (failed.length === 0) return true;
    await store.unclaimTasks(failed.map((message) => message.task));
    const reason = outcomes.find((outcome) => outcome.status === 'rejected')?.reason as unknown;
    logger.warn({ tasks: failed.length, err: logError(reason) }, 'relay:publish-failed');
    return false;
  }

  async #revive(): Promise<void> {
    const { store, broker, logger, taskLostSeconds } = this.#parts;
    const revived = await store.reviveTasks({ publishingSeconds: PUBLISHING_SECONDS, runningSeconds: taskLostSeconds });
    // Nothing waits in the queue, so what was published long ago and never begun is not in the broker any more.
    const vanished =
      broker.status().connected && (await broker.depth('tasks')) === 0
        ? await store.republishAll({ running: false, olderThanSeconds: VANISHED_SECONDS })
        : 0;
    if (revived + vanished === 0) return;
    logger.warn({ revived, vanished }, 'relay:revived');
    this.wake();
  }
}
