import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskEvent } from '@tessera/contracts';
import type { Broker, Delivery } from '@tessera/queue';
import { fullJitter, type Logger } from '@tessera/runtime';

/** Delays between two tries to tell of a task's end: about half a minute in all. */
const TELL_BACKOFF = { firstMilliseconds: 100, maxMilliseconds: 2000 };
const TELL_TRIES = 30;

export interface TaskTellerOptions {
  readonly broker: Broker;
  readonly logger: Logger;
  /** There is no time left for another try. */
  readonly hurried: () => boolean;
}

/** Tells the masters what becomes of tasks. */
export class TaskTeller {
  readonly #options: TaskTellerOptions;

  constructor(options: TaskTellerOptions) {
    this.#options = options;
  }

  tell(event: TaskEvent): Promise<void> {
    const { task, attempt, type } = event;
    return this.#options.broker.publish('events', event, { messageId: `${task}/${attempt}/${type}` });
  }

  /**
   * Tells the masters, then acknowledges. While the broker can not take the event the work is kept, not given back:
   * giving back would use up a delivery for nothing. If the connection that the task came by is lost meanwhile, the task
   * comes again by itself, and its receipt answers for it.
   */
  async settle(delivery: Delivery, event: TaskEvent | undefined): Promise<void> {
    for (let tries = 0; event !== undefined; tries++) {
      try {
        await this.tell(event);
        break;
      } catch (error) {
        this.#options.logger.warn({ err: error, tries }, 'task:untold');
        if (tries >= TELL_TRIES || this.#options.hurried()) {
          delivery.retry();
          return;
        }
        await sleep(fullJitter(TELL_BACKOFF, tries, Math.random));
      }
    }
    delivery.ack();
  }
}
