import { taskEventSchema, type TaskEvent } from '@tessera/contracts';
import type { Broker, Delivery, Subscription } from '@tessera/queue';
import { AppError, fullJitter, type Logger, type Metrics } from '@tessera/runtime';
import type { AttemptPolicy, EventOutcome, JobStore } from '@tessera/store';
import { logError, logRef } from '../log-ref.ts';
import { Pulse } from './pulse.ts';

/** Events applied side by side. */
const PREFETCH = 64;
/** Delays of a task's next attempt. */
const ATTEMPT_BACKOFF = { firstMilliseconds: 500, maxMilliseconds: 10_000 };
/** Delays before a task that was turned away is offered again, at least and by its bounds. */
const TURNED_AWAY_MILLISECONDS = 250;
const TURNED_AWAY_BACKOFF = { firstMilliseconds: 500, maxMilliseconds: 5000 };
/** Delays of applying an event while the database is away. */
const STORE_BACKOFF = { firstMilliseconds: 100, maxMilliseconds: 2000 };

export interface EventParts {
  readonly broker: Broker;
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly maxAttempts: number;
  readonly random: () => number;
  /** Something changed: tasks may be ready, watchers want to know. */
  readonly onApplied: () => void;
  readonly onEnded: (ended: NonNullable<EventOutcome['ended']>) => void;
}

/** Applies what executors report to the state of the jobs. */
export class EventConsumer {
  readonly #parts: EventParts;
  readonly #policy: AttemptPolicy;
  readonly #applied;
  readonly #failures;
  readonly #waiting = new Set<Pulse>();
  #subscription: Subscription | undefined;
  #closed = false;

  constructor(parts: EventParts) {
    this.#parts = parts;
    const { maxAttempts, random } = parts;
    this.#policy = {
      maxAttempts,
      backoffMilliseconds: (attempts) => fullJitter(ATTEMPT_BACKOFF, attempts, random),
      turnedAwayMilliseconds: (times) =>
        Math.max(TURNED_AWAY_MILLISECONDS, fullJitter(TURNED_AWAY_BACKOFF, times - 1, random)),
    };
    this.#applied = parts.metrics.counter('tessera_task_events_total', 'Events of tasks.', ['type', 'applied']);
    this.#failures = parts.metrics.counter('tessera_task_failures_total', 'Tasks that failed or were given back.', [
      'type',
      'code',
    ]);
  }

  async start(): Promise<void> {
    this.#subscription = await this.#parts.broker.consume('events', { prefetch: PREFETCH }, (delivery) =>
      this.#handle(delivery),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#subscription?.cancel();
    for (const pulse of this.#waiting) pulse.wake();
  }

  async #handle(delivery: Delivery): Promise<void> {
    const { data: event, error } = taskEventSchema.safeParse(delivery.body);
    if (event === undefined) {
      this.#parts.logger.error(
        { messageId: delivery.messageId, problem: error.issues[0]?.message },
        'event:unreadable',
      );
      delivery.deadLetter();
      return;
    }
    const outcome = await this.#apply(event);
    if (outcome === undefined) {
      delivery.retry();
      return;
    }
    delivery.ack();
    this.#note(event, outcome);
  }

  /**
   * Applies an event, waiting out an absent database: giving it back would use up deliveries and lose it in the end.
   * `undefined` if the process stops meanwhile.
   */
  async #apply(event: TaskEvent): Promise<EventOutcome | undefined> {
    const { store, logger, random } = this.#parts;
    for (let tries = 0; ; tries += 1) {
      try {
        return await store.applyEvent(event, this.#policy);
      } catch (error) {
        if (AppError.is(error) && error.code === 'NOT_FOUND') return { applied: false, ended: null };
        if (tries === 0)
          logger.error({ job: logRef(event.job), type: event.type, err: logError(error) }, 'event:not-applied');
      }
      if (this.#closed) return undefined;
      await this.#sleep(fullJitter(STORE_BACKOFF, tries, random));
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    const pulse = new Pulse();
    this.#waiting.add(pulse);
    await pulse.sleep(milliseconds);
    this.#waiting.delete(pulse);
  }

  #note(event: TaskEvent, { applied, ended }: EventOutcome): void {
    const { logger, onApplied, onEnded } = this.#parts;
    this.#applied.inc({ type: event.type, applied: String(applied) });
    if (!applied) return;
    if (event.type === 'failed' || event.type === 'returned')
      this.#failures.inc({ type: event.type, code: event.code });
    if (event.type === 'failed') {
      const { code, executor, stage, index, attempt, retryable } = event;
      logger.warn({ job: logRef(event.job), code, executor, stage, index, attempt, retryable }, 'task:failed');
    }
    onApplied();
    if (ended !== null) onEnded(ended);
  }
}
