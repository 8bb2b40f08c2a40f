import { taskMessageSchema } from '@tessera/contracts';
import type { Broker, Delivery, Subscription } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { EventOutcome, JobStore } from '@tessera/store';
import { logError, logRef } from '../log-ref.ts';

const PREFETCH = 8;
/** Milliseconds before a dead letter is tried again while the database is away. */
const PAUSE = 1000;

export interface DeadParts {
  readonly broker: Broker;
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly onApplied: () => void;
  readonly onEnded: (ended: NonNullable<EventOutcome['ended']>) => void;
}

/** Fails the jobs of tasks that the broker gave up: their executors died on each delivery. */
export class DeadConsumer {
  readonly #parts: DeadParts;
  readonly #letters;
  readonly #unreadable;
  #subscription: Subscription | undefined;
  #closed = false;

  constructor(parts: DeadParts) {
    this.#parts = parts;
    this.#letters = parts.metrics.counter('tessera_dead_letters_total', 'Messages that the broker gave up.');
    this.#unreadable = parts.metrics.counter(
      'tessera_dead_letters_unreadable_total',
      'Dead letters that no job could be told of.',
    );
  }

  async start(): Promise<void> {
    this.#subscription = await this.#parts.broker.consume('dead', { prefetch: PREFETCH }, (delivery) =>
      this.#handle(delivery),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#subscription?.cancel();
  }

  async #handle(delivery: Delivery): Promise<void> {
    const { store, logger, onApplied, onEnded } = this.#parts;
    const { data: message } = taskMessageSchema.safeParse(delivery.body);
    this.#letters.inc();
    if (message === undefined) {
      this.#unreadable.inc();
      // Nothing that belongs to a job; the log is the only place left for it.
      logger.error({ messageId: delivery.messageId }, 'dead:dropped');
      delivery.ack();
      return;
    }
    while (!this.#closed) {
      try {
        const outcome = await store.failDead(message.task, message.maxAttempts);
        delivery.ack();
        logger.warn({ job: logRef(message.job), stage: message.stage, index: message.index }, 'task:dead');
        if (outcome.applied) onApplied();
        if (outcome.ended !== null) onEnded(outcome.ended);
        return;
      } catch (error) {
        logger.error({ job: logRef(message.job), err: logError(error) }, 'dead:not-applied');
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
    delivery.retry();
  }
}
